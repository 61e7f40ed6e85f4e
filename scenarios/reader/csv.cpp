#include "scenarios/reader/csv.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/network/fields.hpp"

namespace demarche::scenarios {

CsvTable::CsvTable(std::string_view text, std::string name) : problems_(std::move(name)) {
  network::LineReader lines(text, {std::uint64_t{16} << 20, std::size_t{1} << 16}, problems_);
  network::FieldSplitter splitter(',');
  for (std::string_view line; lines.next(line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<network::Field>* fields = splitter.split(line, lines.line(), problems_);
    if (fields == nullptr) continue;
    if (header_.empty()) {
      for (const network::Field& f : *fields) header_.emplace_back(f.text);
      header_line_ = lines.line();
      continue;
    }
    if (fields->size() != header_.size()) {
      problems_.add(
          lines.line(), 1,
          {"a row of " + std::to_string(fields->size()) + " cells under a header of " + std::to_string(header_.size()),
           "", "every row has as many cells as the header"});
      continue;
    }
    if (rows_.size() == 200000)
      problems_.fail(lines.line(), 1, {"more than 200,000 rows", "a table of facts is small", ""});
    Row& row = rows_.emplace_back();
    row.line = lines.line();
    for (const network::Field& f : *fields) row.cells.push_back({std::string(f.text), f.column});
  }
  problems_.throw_if_any();
}

bool CsvTable::has(const std::string& column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

const CsvTable::Cell& CsvTable::cell(const Row& row, const std::string& column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  DEMARCHE_EXPECT(found != header_.end(), "a column that was not required");
  return row.cells[static_cast<std::size_t>(found - header_.begin())];
}

void CsvTable::require(const std::vector<std::string>& columns) {
  for (const std::string& c : columns) {
    if (has(c)) continue;
    const std::string near = nearest(c, header_);
    problems_.add(header_line_, 1,
                  {"there is no column \"" + c + "\"", "",
                   near.empty() ? "the header must name it" : "is \"" + near + "\" meant?"});
  }
  problems_.throw_if_any();
}

}  // namespace demarche::scenarios
