#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "sim/network/read_graphml.hpp"

// Graph files that are damaged or meant to do harm (RELIABILITY.md P8): each gets a located error, quickly.
namespace demarche::network {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Case {
  const char* file;
  const char* error;
};

const std::vector<Case> cases{
    {"empty.txt", "no ties"},
    {"only-comments.txt", "no ties"},
    {"word.txt", ":2:3: 'four' is no id"},
    {"one-end.txt", ":2:2: only one id"},
    {"negative.txt", ":1:3: id '-2' is negative"},
    {"too-large-id.txt", ":1:3: id 4294967295 is too large"},
    {"beyond-64-bits.txt", ":1:1: id '99999999999999999999999999' is too large"},
    {"leading-zero.txt", ":1:3: id '007' has a leading zero"},
    {"decimal.txt", ":1:1: '1.5' is no id"},
    {"third-column.txt", ":1:5: surplus field '0.5'"},
    {"nul.txt", ":2:3: a NUL byte"},
    {"utf16.txt", ":1:4: a NUL byte"},
    {"headerless.csv", "no columns 'from' and 'to'"},
    {"unclosed-quote.csv", ":2:1: a quote is not closed"},
    {"text-after-quote.csv", ":2:4: text after a closing quote"},
    {"missing-field.csv", ":2: 2 fields"},
    {"empty-name.csv", ":2:1: an end without a name"},
    {"invalid-utf8.csv", ":2:2: invalid UTF-8"},
    {"overlong-utf8.csv", ":2:1: invalid UTF-8"},
    {"only-header.csv", "no ties"},
    {"control-characters.csv", "no columns 'from' and 'to'"},
    {"actors-repeated.csv", ":3:1: a second actor 'a'"},
    {"actors-nameless.csv", ":2:1: an actor without identity"},
    {"actors-columns.csv", ":1:4: a second column 'id'"},
    {"actors-surplus.csv", ":2: 3 fields"},
    {"actors-none.csv", "no actors"},
    {"empty.graphml", "no element at all"},
    {"no-xml.graphml", ":1:1: text outside the root element"},
    {"html.graphml", ":1:1: the root element is 'html'"},
    {"no-graph.graphml", "no graph"},
    {"no-nodes.graphml", "no nodes"},
    {"cut-off.graphml", ":1:63: a quote is not closed"},
    {"not-closed.graphml", "element 'graph' is not closed"},
    {"crossed-tags.graphml", ":1:53: closing tag 'edge' (the open element is 'node')"},
    {"doctype.graphml", ":1:1: a document type"},
    {"unknown-entity.graphml", ":1:50: entity '&a;'"},
    {"forbidden-character.graphml", ":1:50: entity '&#0;'"},
    {"mistyped-end.graphml", ":3:1: edge end 'B' is no node"},
    {"repeated-node.graphml", ":1:54: a second node 'a'"},
    {"second-graph.graphml", ":1:62: a second graph"},
    {"nested-graph.graphml", ":1:53: a second graph"},
    {"hyperedge.graphml", ":1:54: 'hyperedge' is not supported"},
    {"mixed-directions.graphml", ":1:68: an edge with directed="},
    {"no-edgedefault.graphml", ":1:10: 'graph' without edgedefault"},
    {"no-source.graphml", ":1:54: 'edge' without source"},
    {"undeclared-key.graphml", ":1:53: undeclared key 'q'"},
    {"nan-weight.graphml", ":1:144: weight 'nan'"},
    {"negative-weight.graphml", ":1:144: weight '-1'"},
    {"repeated-attribute.graphml", ":1:53: attribute 'id' is given twice"},
    {"two-roots.graphml", ":1:20: a second root element"},
    {"latin-1.graphml", ":1:50: invalid UTF-8"},
};

void read_any(const std::string& path) {
  if (path.find("actors-") != std::string::npos) {
    read_actor_table(path);
  } else if (path.ends_with(".graphml")) {
    read_graphml(path);
  } else {
    read_edge_list(path);
  }
}

/// What is thrown, and that it is not slow about it: a second is a hundred times what is needed.
template <class Act>
std::string error_of(Act&& act) {
  const auto begin = std::chrono::steady_clock::now();
  std::string error = "(accepted)";
  try {
    act();
  } catch (const InputErrors& e) {
    error = e.what();
    EXPECT_LE(e.all().size(), Problems::limit);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  return error;
}

TEST(HostileGraphs, GetOneClearErrorEach) {
  for (const Case& c : cases) {
    const std::string path = std::string(HOSTILE_GRAPHS) + "/" + c.file;
    const std::string error = error_of([&] { read_any(path); });
    EXPECT_THAT(error, StartsWith(path + ":")) << c.file;
    EXPECT_THAT(error, HasSubstr(c.error)) << c.file;
  }
}

TEST(HostileGraphs, AreAllTried) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HOSTILE_GRAPHS)) {
    const std::string name = entry.path().filename().string();
    if (name != "CMakeLists.txt" && name != "graphs_test.cpp") ++files;
  }
  EXPECT_EQ(files, cases.size());
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(HostileGraphs, NestedWithoutEndAreRefusedAtSixtyFour) {
  EXPECT_THAT(error_of([] { parse_graphml("<graphml>" + repeated("<a>", 40000), "f"); }),
              HasSubstr("nested deeper than 64"));
  EXPECT_THAT(error_of([] { parse_graphml("<graphml>" + repeated("<a>", 1000000), "f"); }),
              HasSubstr("nested deeper than 64"));
}

TEST(HostileGraphs, WithEndlessLinesAreRefused) {
  EXPECT_THAT(error_of([] { parse_edge_list("1 2\n" + repeated("1 ", 2000000), "f"); }),
              HasSubstr("f:2: the line is longer"));
  EXPECT_THAT(error_of([] { parse_actor_table("id" + repeated(",c", 2000), "f"); }), HasSubstr("at most 1000"));
}

TEST(HostileGraphs, WithManyErrorsAreLeftAfterTwenty) {
  EXPECT_THAT(error_of([] { parse_edge_list(repeated("x y\n", 1000000), "f"); }), HasSubstr("f:20:1:"));
  const std::string graph = "<graphml><graph edgedefault='directed'><node id='a'/>";
  EXPECT_THAT(error_of([&] {
                parse_graphml(graph + repeated("<edge source='b' target='c'/>", 300000) + "</graph></graphml>", "f");
              }),
              HasSubstr("is no node"));
}

TEST(HostileGraphs, WithThinlyStrewnIdsCostNoMoreThanTheirTies) {
  EXPECT_EQ(parse_edge_list("0 4294967294\n", "f").layer.actors(), 2U);
}

/// A file of 300 MB that takes no room on the disk.
TEST(HostileGraphs, TooLargeAreRefusedUnread) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "demarche-hostile-large.graphml";
  std::ofstream(path).put('<');
  std::filesystem::resize_file(path, 300000000);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(error_of([&] { read_graphml(path.string()); }), HasSubstr("the file has 300000000 bytes"));
  EXPECT_THAT(error_of([&] { read_edge_list(path.string(), {.limits = {.bytes = 1000000}}); }),
              HasSubstr("the file has 300000000 bytes"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(500));
  std::filesystem::remove(path);
}

TEST(HostileGraphs, ThatAreNoFilesAreFileErrors) {
  EXPECT_THROW(read_graphml(HOSTILE_GRAPHS), FileError);
  EXPECT_THROW(read_edge_list("/dev/null/x"), FileError);
  EXPECT_THAT(error_of([] { read_edge_list("/dev/zero"); }), HasSubstr("/dev/zero"));
}

}  // namespace
}  // namespace demarche::network
