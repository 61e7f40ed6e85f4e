#include "sim/network/read_plain_numbers.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cstdio>
#include <filesystem>

#include "sim/network/read_text_parts.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

/// Everything a reader tells, errors included, as one text.
template <class Read>
std::string told(Read&& read) {
  try {
    const ImportedNetwork net = read();
    std::string text;
    for (const std::string& name : net.actors.names) text += name + '|';
    for (const Tie& tie : testing::ties_of(net.layer))
      text += std::to_string(tie.from) + '>' + std::to_string(tie.to) + ' ';
    for (const std::uint64_t n : {net.report.given, net.report.kept, net.report.self_loops, net.report.duplicates}) {
      text += '/' + std::to_string(n);
    }
    return text + net.layer.name();
  } catch (const std::exception& e) {
    return e.what();
  }
}

std::string number(std::uint64_t most) {
  return std::to_string(*rc::gen::inRange<std::uint64_t>(0, most));
}

/// A line as lists have it, or one that no list should have.
std::string any_line(bool usual, std::uint64_t most) {
  const std::string plain = number(most) + *rc::gen::element<std::string>(" ", "\t", " \t ") + number(most);
  if (usual) return plain + '\n';
  return *rc::gen::element<std::string>(
      plain + "\r\n", "  " + plain + " \n", "# comment, 1 2\n", "%\r\n", "\n", " \t\r\n", "7 7\n", plain + " 3.5 x\n",
      plain + " \r\n", plain + "\n", plain + "\n", plain + " ,\n", plain + '\r', "1\n", "01 2\n", "1 002\n", "x 1\n",
      "-1 2\n", "1 4294967294\n", "1 4294967295\n", "1 99999999999999999999\n", "1 2x\n", std::string("# \0\n", 4),
      std::string("1 2 \0\n", 6), "from,to\n", "1,2\n",
      "\xEF\xBB\xBF"
      "1 2\n",
      "1 2 " + std::string(60, 'x') + "\n");
}

EdgeListOptions any_options() {
  EdgeListOptions options;
  options.reversed = *rc::gen::arbitrary<bool>();
  options.undirected = *rc::gen::arbitrary<bool>();
  options.surplus_fields = *rc::gen::arbitrary<bool>();
  options.policy = *rc::gen::weightedElement<TiePolicy>({{5, TiePolicy::drop}, {1, TiePolicy::refuse}});
  if (*rc::gen::inRange(0, 4) == 0) options.limits.line_bytes = 40;
  return options;
}

// Texts of a few KiB are cut into several parts.
RC_GTEST_PROP(PlainNumbers, TellWhatTheCarefulReaderTells, ()) {
  const auto most = *rc::gen::element<std::uint64_t>(2, 60, 3000, 4294967296);
  const int strange = *rc::gen::element(0, 0, 1, 3, 40);
  std::string text = *rc::gen::element<std::string>("", "\xEF\xBB\xBF", "# Nodes: 3 Edges: 4\n");
  const std::string usual = any_line(true, most) + any_line(true, most) + any_line(true, most);
  const int repeats = *rc::gen::element(0, 1, 300, 600);
  std::uint64_t id = *rc::gen::arbitrary<std::uint32_t>();
  for (int i = 0; i < repeats; ++i) {
    text += usual + std::to_string(mix64(id) % most) + ' ' + std::to_string(mix64(id + 1) % most) + '\n';
    id += 2;
    if (strange > 0 && i % (600 / strange) == 0) text += any_line(false, most);
  }
  if (*rc::gen::arbitrary<bool>() && !text.empty()) text.pop_back();
  const EdgeListOptions options = any_options();
  const std::string expected = told([&] { return parse_carefully(text, "f", options, nullptr); });
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    RC_ASSERT(told([&] { return parse_edge_list(text, "f", options, nullptr, threads); }) == expected);
  }
}

TEST(PlainNumbers, LeaveToTheCarefulReaderWhatLooksLikeCsv) {
  for (const char* const text : {"1 2 a,b\n3 4\n", "1 2 a;b\n3 4\n", "3 4\n1 2 a,b\n", "1\t2\t7\n", "\n1 2 a\r\n"}) {
    for (const bool surplus : {false, true}) {
      const EdgeListOptions options{.surplus_fields = surplus};
      EXPECT_EQ(told([&] { return parse_edge_list(text, "f", options); }),
                told([&] { return parse_carefully(text, "f", options, nullptr); }))
          << text;
    }
  }
}

std::string long_list() {
  std::string text = "# a list of several blocks\n";
  for (std::uint64_t i = 0; i < 60000; ++i) {
    text += std::to_string(mix64(i) % 5000) + '\t' + std::to_string(mix64(i + 1) % 9000) + '\n';
    if (i % 7000 == 0) text += "\r\n# " + std::string(i, 'x') + '\n';
  }
  return text + "3 4";
}

TEST(PlainNumbers, AreReadAcrossBlocks) {
  const std::string text = long_list();
  ASSERT_GT(text.size(), std::size_t{1} << 19);
  const std::string expected = told([&] { return parse_carefully(text, "f", {}, nullptr); });
  EXPECT_EQ(told([&] { return parse_plain_numbers(text, {}, 1).value(); }), expected);
  EXPECT_EQ(told([&] { return parse_plain_numbers(text, {}, 3).value(); }), expected);
}

TEST(PlainNumbers, AreReadFromFiles) {
  const std::string text = long_list();
  const auto path = (std::filesystem::temp_directory_path() / "demarche-plain-numbers-test.txt").string();
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), file), text.size());
  std::fclose(file);
  const std::string expected = told([&] { return parse_carefully(text, path, {}, nullptr); });
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    EXPECT_EQ(told([&] { return read_plain_numbers(path, {}, threads).value(); }), expected);
    EXPECT_EQ(told([&] { return read_edge_list(path, {}, nullptr, threads); }), expected);
  }
  EXPECT_FALSE(read_plain_numbers(path, {.limits = {.bytes = 1000}}, 1).has_value());
  std::filesystem::remove(path);
}

RC_GTEST_PROP(TextParts, HoldEveryLineOnce, ()) {
  const auto lengths = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 30));
  std::string text, joined;
  for (const int length : lengths) text += std::string(static_cast<std::size_t>(length), 'x') + '\n';
  if (*rc::gen::arbitrary<bool>()) text += "no line feed";
  const auto parts = *rc::gen::inRange<std::size_t>(1, 12);
  for (std::size_t part = 0; part < parts; ++part) {
    RC_ASSERT(
        each_block({"", text, text.size()}, part_of(text.size(), part, parts), [&](const char* begin, const char* end) {
          joined.append(begin, end);
          return true;
        }));
  }
  RC_ASSERT(joined == text + (text.empty() || text.ends_with('\n') ? "" : "\n"));
}

TEST(EdgeListText, IsWrittenInPieces) {
  const Layer layer = testing::made(ErdosRenyi{20000, 6, true});
  std::string whole;
  std::size_t longest = 0, pieces = 0;
  write_edge_list(layer, nullptr, [&](std::string_view piece) {
    whole += piece;
    longest = std::max(longest, piece.size());
    ++pieces;
  });
  EXPECT_GT(pieces, 3U);
  EXPECT_LT(longest, std::size_t{1} << 19);
  EXPECT_EQ(whole, edge_list_text(layer));
}

}  // namespace
}  // namespace demarche::network
