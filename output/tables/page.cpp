#include "output/tables/page.hpp"

#include <algorithm>

#include "output/tables/text.hpp"

namespace demarche::output {
namespace {

constexpr std::size_t narrowest_name = 28, narrowest_column = 11, widest_heading = 22, gap = 2;

struct Piece {
  std::string text;
  bool after_space;
};

// What may stand on a line of its own: words, cut after their hyphens.
std::vector<Piece> pieces(const std::string& name) {
  std::vector<Piece> found;
  bool after_space = false;
  for (std::size_t from = 0; from < name.size();) {
    const std::size_t stop = std::min(name.find_first_of(" -", from), name.size() - 1);
    const bool space = name[stop] == ' ';
    if (stop > from || !space) found.push_back({name.substr(from, stop - from + (space ? 0 : 1)), after_space});
    after_space = space;
    from = stop + 1;
  }
  return found;
}

std::vector<std::string> heading(const std::string& name, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const Piece& piece : pieces(name)) {
    const std::string joined = lines.back() + (piece.after_space && !lines.back().empty() ? " " : "") + piece.text;
    if (columns_of(joined) <= width) {
      lines.back() = joined;
      continue;
    }
    if (lines.back().empty()) lines.pop_back();
    for (std::string& line : wrapped(piece.text, width)) lines.push_back(std::move(line));
  }
  return lines;
}

std::size_t column_width(const std::vector<std::string>& columns, const std::vector<Row>& rows) {
  std::size_t width = narrowest_column;
  for (const std::string& name : columns)
    for (const Piece& piece : pieces(name)) width = std::max(width, std::min(columns_of(piece.text), widest_heading));
  for (const Row& row : rows)
    for (const auto& cell : row.cells)
      for (const std::string& line : cell) width = std::max(width, columns_of(line));
  return width;
}

struct Shape {
  std::size_t name, column, first, last;
};

void put_heads(Page& page, const std::vector<std::string>& columns, const Shape& shape) {
  std::vector<std::vector<std::string>> heads;
  std::size_t height = 0;
  for (std::size_t k = shape.first; k < shape.last; ++k) {
    heads.push_back(heading(columns[k], shape.column));
    height = std::max(height, heads.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string text(shape.name, ' ');
    for (const auto& head : heads) {
      const std::size_t skipped = height - head.size();
      text.append(gap, ' ').append(padded_left(line < skipped ? "" : head[line - skipped], shape.column));
    }
    page.line(text);
  }
}

void put_row(Page& page, const Row& row, const Shape& shape) {
  const std::vector<std::string> name = wrapped(row.name, shape.name);
  std::size_t height = name.size();
  for (std::size_t k = shape.first; k < shape.last; ++k) height = std::max(height, row.cells[k].size());
  for (std::size_t line = 0; line < height; ++line) {
    std::string text = padded_right(line < name.size() ? name[line] : "", shape.name);
    for (std::size_t k = shape.first; k < shape.last; ++k) {
      const std::vector<std::string>& cell = row.cells[k];
      text.append(gap, ' ').append(padded_left(line < cell.size() ? cell[line] : "", shape.column));
    }
    page.line(text);
  }
}

}  // namespace

void Page::paragraph(const std::string& text, const std::string& first, std::size_t indent) {
  std::string before = padded_right(first, indent);
  for (const std::string& piece : wrapped(text, width_ - indent)) {
    line(before + piece);
    before.assign(indent, ' ');
  }
}

void Page::rule() {
  for (std::size_t i = 0; i < width_; ++i) text_ += "\u2500";
  text_ += '\n';
}

void Page::line(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text_ += text;
  text_ += '\n';
}

void put_grid(Page& page, const std::vector<std::string>& columns, const std::vector<Row>& rows, bool apart) {
  const std::size_t column = column_width(columns, rows), count = columns.size();
  std::size_t longest = narrowest_name;
  for (const Row& row : rows) longest = std::max(longest, columns_of(row.name));
  const std::size_t most = std::max<std::size_t>((page.width() - narrowest_name) / (column + gap), 1);
  const std::size_t blocks = (count + most - 1) / most, across = (count + blocks - 1) / blocks;
  const std::size_t left = std::min(longest, page.width() - across * (column + gap));
  for (std::size_t first = 0; first < count; first += across) {
    const Shape shape{left, column, first, std::min(first + across, count)};
    if (first > 0) page.blank();
    page.rule();
    put_heads(page, columns, shape);
    page.rule();
    for (const Row& row : rows) {
      if (apart && &row != rows.data()) page.blank();
      put_row(page, row, shape);
    }
  }
  page.rule();
}

}  // namespace demarche::output
