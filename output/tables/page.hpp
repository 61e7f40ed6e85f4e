#pragma once
#include <cstddef>
#include <string>
#include <vector>

/// Private to output/tables: text of a fixed width.
namespace demarche::output {

class Page {
 public:
  explicit Page(std::size_t width) : width_(width) {}

  std::size_t width() const { return width_; }
  /// Wrapped; `first` stands before the first line, in a margin of `indent` columns.
  void paragraph(const std::string& text, const std::string& first = "", std::size_t indent = 0);
  void line(std::string text);
  void blank() { text_ += '\n'; }
  void rule();
  std::string take() { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
};

/// One measure: its name, wrapped in the first column, and the lines of every other column's cell.
struct Row {
  std::string name;
  std::vector<std::vector<std::string>> cells;  ///< by column, then by line
};

/// Rows down and columns across, in as many blocks one after the other as the page's width asks for, all of about as
/// many columns. `apart`: an empty line between rows. Names break at spaces and after hyphens.
void put_grid(Page& page, const std::vector<std::string>& columns, const std::vector<Row>& rows, bool apart);

}  // namespace demarche::output
