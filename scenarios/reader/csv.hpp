#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/text_input.hpp"

namespace demarche::scenarios {

/// A small CSV table of facts: header line, # comments, RFC 4180 quotes; every cell keeps its place for messages.
class CsvTable {
 public:
  struct Cell {
    std::string text;
    std::size_t column = 0;
  };
  struct Row {
    std::size_t line = 0;
    std::vector<Cell> cells;
  };

  /// `name` stands in messages. At most 16 MiB and 200,000 rows; throws InputErrors with every problem.
  CsvTable(std::string_view text, std::string name);

  const std::vector<Row>& rows() const { return rows_; }
  bool has(const std::string& column) const;
  /// The cell of a row under a header; columns are found by name, so their order is free.
  const Cell& cell(const Row& row, const std::string& column) const;
  /// Adds a problem at a cell; throw_if_any() throws all of them.
  void problem(const Row& row, const Cell& cell, Problem p) { problems_.add(row.line, cell.column, std::move(p)); }
  /// Throws when one of the columns is missing.
  void require(const std::vector<std::string>& columns);
  void throw_if_any() const { problems_.throw_if_any(); }

 private:
  network::Problems problems_;
  std::vector<std::string> header_;
  std::size_t header_line_ = 1;
  std::vector<Row> rows_;
};

}  // namespace demarche::scenarios
