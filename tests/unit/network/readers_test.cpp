#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "sim/network/read_graphml.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ties_of;

template <class Act>
std::string errors(Act&& act) {
  try {
    act();
  } catch (const InputErrors& e) {
    return e.what();
  }
  return "(no InputErrors)";
}

TEST(EdgeList, ReadsSnapStyle) {
  const auto net = parse_edge_list("# a comment\n30\t10\n  10 4000000000 \r\n\n% another\n30 30\n30 10", "f");
  EXPECT_THAT(net.actors.names, ElementsAre("10", "30", "4000000000"));
  EXPECT_EQ(ties_of(net.layer), (std::vector<Tie>{{0, 2}, {1, 0}}));
  EXPECT_EQ(net.report.given, 4U);
  EXPECT_EQ(net.report.kept, 2U);
  EXPECT_EQ(net.report.self_loops, 1U);
  EXPECT_EQ(net.report.duplicates, 1U);
}

TEST(EdgeList, ReadsCsvByName) {
  const auto net =
      parse_edge_list("\xEF\xBB\xBFsource,level,target\r\n\"Smith, J.\",3,Zoé\r\nZoé,1,\"a \"\"b\"\"\"\r\n", "f");
  EXPECT_THAT(net.actors.names, ElementsAre("Smith, J.", "Zoé", "a \"b\""));
  EXPECT_EQ(ties_of(net.layer), (std::vector<Tie>{{0, 1}, {1, 2}}));
}

TEST(EdgeList, NumbersNamesByValueWhereAllAreNumbers) {
  EXPECT_THAT(parse_edge_list("from,to\n10,9\n9,100\n", "f").actors.names, ElementsAre("9", "10", "100"));
  EXPECT_THAT(parse_edge_list("from,to\n10,9\n9,x\n", "f").actors.names, ElementsAre("10", "9", "x"));
}

TEST(EdgeList, ObeysItsOptions) {
  EdgeListOptions options;
  options.from_column = "who";
  options.to_column = "whom";
  EXPECT_EQ(parse_edge_list("whom;who\nb;a\n", "f", options).layer.followers(0)[0], 1U);
  options.reversed = true;
  EXPECT_EQ(parse_edge_list("whom;who\nb;a\n", "f", options).layer.followers(1)[0], 0U);
  options.undirected = true;
  EXPECT_EQ(parse_edge_list("whom;who\nb;a\n", "f", options).layer.ties(), 2U);
  options.surplus_fields = true;
  EXPECT_EQ(parse_edge_list("1 2 77\n", "f", options).layer.ties(), 2U);
  options.policy = TiePolicy::refuse;
  EXPECT_THAT(testing::input_error([&] { parse_edge_list("1 1\n", "f", {.policy = TiePolicy::refuse}); }),
              HasSubstr("self-tie"));
}

TEST(EdgeList, KeepsTheOrderOfTheActorTable) {
  const auto actors = parse_actor_table("name,group\nz,1\na,2\nm,3\n", "t");
  const auto net = parse_edge_list("from,to\na,z\n", "f", {}, &actors);
  EXPECT_EQ(net.layer.actors(), 3U);
  EXPECT_EQ(ties_of(net.layer), (std::vector<Tie>{{1, 0}}));
  EXPECT_EQ(net.actors.column("group")->values[1], "2");
  EXPECT_EQ(errors([&] { parse_edge_list("from,to\na,z\nq,a\n", "f", {}, &actors); }),
            "f:3:1: unknown actor 'q' (the actor table has no such identity); correct the name or add the actor to the "
            "table");
  const auto numbers = parse_actor_table("7 1\n3 2\n", "t", {.header = {"id", "department"}});
  EXPECT_EQ(ties_of(parse_edge_list("3 7\n", "f", {}, &numbers).layer), (std::vector<Tie>{{1, 0}}));
}

TEST(EdgeList, TellsAllErrorsUpToTwenty) {
  const std::string some = errors([] { parse_edge_list("1 2\nx 3\n4\n", "f"); });
  EXPECT_THAT(some, HasSubstr("f:2:1: 'x' is no id"));
  EXPECT_THAT(some, HasSubstr("f:3:2: only one id"));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "x y\n";
  try {
    parse_edge_list(many, "f");
    FAIL();
  } catch (const InputErrors& e) {
    EXPECT_EQ(e.all().size(), Problems::limit);
    EXPECT_EQ(e.all().back().line, Problems::limit);
  }
}

TEST(EdgeList, ReadsWhatItCannotFindAsAFileError) {
  EXPECT_THROW(read_edge_list("no-such-folder/no-such-file"), FileError);
  EXPECT_THROW(read_edge_list("."), FileError);
}

RC_GTEST_PROP(EdgeList, ReadsBackWhatItWrote, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(3, 50);
  const Layer layer = testing::made(RingLattice{actors, 2}, *rc::gen::arbitrary<std::uint64_t>());
  RC_ASSERT(ties_of(parse_edge_list(edge_list_text(layer), "f").layer) == ties_of(layer));
  ActorTable names;
  for (Vertex v = 0; v < actors; ++v) names.names.push_back("a,\"" + std::to_string(1000 + v) + "#;");
  RC_ASSERT(ties_of(parse_edge_list(edge_list_text(layer, &names), "f", {}, &names).layer) == ties_of(layer));
}

TEST(EdgeList, QuotesNamesThatWouldBreakALine) {
  const ActorTable names{{"a\nb", "c\rd", "e"}, {}};
  EXPECT_EQ(edge_list_text(Layer("l", {0, 1, 2, 2}, {1, 2}), &names), "from,to\n\"a\nb\",\"c\rd\"\n\"c\rd\",e\n");
}

TEST(ActorTable, ReadsColumns) {
  const auto table = parse_actor_table("# states\ncountry;code\nFrance;FRN\nGermany;GFR", "t");
  EXPECT_THAT(table.names, ElementsAre("FRN", "GFR"));
  ASSERT_NE(table.column("country"), nullptr);
  EXPECT_THAT(table.column("country")->values, ElementsAre("France", "Germany"));
  EXPECT_EQ(table.column("code"), nullptr);
  EXPECT_THAT(parse_actor_table("a,b\n1,2\n", "t", {.id_column = "b"}).names, ElementsAre("2"));
}

const char* const small_graphml =
    "<?xml version=\"1.0\"?>\n<!-- a comment -->\n<graphml>\n"
    "<key id=\"k\" for=\"node\" attr.name=\"country\" attr.type=\"string\"><default>?</default></key>\n"
    "<key id=\"b\" for=\"node\" attr.name=\"bot\" attr.type=\"boolean\"/>\n"
    "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
    "<graph edgedefault=\"EDGES\">\n"
    "<edge source=\"n&amp;1\" target=\"n2\"><data key=\"w\">1.5</data></edge>\n"
    "<node id=\"n&#x26;1\"><data key=\"k\">C&#244;te</data><data key=\"b\">true</data></node>\n"
    "<node id=\"n2\"/><node id=\"n3\"><data key=\"k\"><![CDATA[<x>]]></data></node>\n"
    "<edge source=\"n2\" target=\"n2\"/><edge source=\"n&amp;1\" target=\"n2\"/><edge source=\"n3\" target=\"n2\"/>\n"
    "</graph></graphml>\n";

std::string graphml(const std::string& edges) {
  std::string text = small_graphml;
  return text.replace(text.find("EDGES"), 5, edges);
}

TEST(Graphml, ReadsDirectedGraphsWithAttributes) {
  const auto net = parse_graphml(graphml("directed"), "f");
  EXPECT_THAT(net.actors.names, ElementsAre("n&1", "n2", "n3"));
  EXPECT_EQ(ties_of(net.layer), (std::vector<Tie>{{0, 1}, {2, 1}}));
  EXPECT_EQ(net.report.self_loops, 1U);
  EXPECT_EQ(net.report.duplicates, 1U);
  EXPECT_THAT(net.actors.column("country")->values, ElementsAre("Côte", "?", "<x>"));
  EXPECT_THAT(net.actors.column("bot")->values, ElementsAre("true", "", ""));
  EXPECT_EQ(net.actors.column("weight"), nullptr);
  EXPECT_EQ(ties_of(parse_graphml(graphml("directed"), "f", {.reversed = true}).layer),
            (std::vector<Tie>{{1, 0}, {1, 2}}));
}

TEST(Graphml, GivesUndirectedGraphsBothDirections) {
  EXPECT_EQ(ties_of(parse_graphml(graphml("undirected"), "f").layer),
            (std::vector<Tie>{{0, 1}, {1, 0}, {1, 2}, {2, 1}}));
}

RC_GTEST_PROP(Graphml, ReadsAnyGraphAsBoostNumbersIt, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(1, 30);
  const Layer layer =
      testing::made(ErdosRenyi{actors, std::min(2.0, actors - 1.0), true}, *rc::gen::arbitrary<std::uint64_t>());
  std::string text = "<graphml><graph edgedefault='directed'>";
  for (Vertex v = 0; v < actors; ++v) text += "<node id='v" + std::to_string(v) + "'/>";
  for (const Tie& tie : ties_of(layer)) {
    text += "<edge source='v" + std::to_string(tie.from) + "' target='v" + std::to_string(tie.to) + "'/>";
  }
  RC_ASSERT(ties_of(parse_graphml(text + "</graph></graphml>", "f").layer) == ties_of(layer));
}

}  // namespace
}  // namespace demarche::network
