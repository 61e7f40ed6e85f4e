#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {
namespace {

using testing::HasSubstr;

std::string failure(const std::string& text, const std::string& name = "f.yaml") {
  try {
    const Document d = parse(text, name);
    if (!d.problems.empty()) throw InputErrors(d.problems);
  } catch (const InputErrors& e) {
    return e.what();
  }
  return "";
}

std::string repeated(const std::string& unit, std::size_t n) {
  std::string s;
  for (; n > 0; --n) s += unit;
  return s;
}

TEST(Tree, KnowsWhereKeysAndValuesStand) {
  const Document d = parse("a: 1\nb:\n  c: [x, \"y\"]\n", "f.yaml");
  const Node* c = d.root.find("b")->find("c");
  ASSERT_EQ(c->items.size(), 2u);
  EXPECT_EQ(c->at, (Place{0, 3, 6}));
  EXPECT_EQ(c->items[1].at, (Place{0, 3, 10}));
  EXPECT_EQ(d.root.entries[1].at, (Place{0, 2, 1}));
  EXPECT_FALSE(c->items[0].quoted);
  EXPECT_TRUE(c->items[1].quoted);
}

TEST(Tree, JsonAndYamlGiveTheSameTreeAndPlaces) {
  const std::string text = "{\"a\": 1.50, \"b\": [true, null, \"x\\u00e9\"],\n \"c\": {\"d\": -2e3}}";
  const Document json = parse(text, "f.json"), yaml = parse(text, "f.yaml");
  EXPECT_TRUE(json.root.same(yaml.root));
  EXPECT_EQ(json.root.find("a")->text, "1.50");
  EXPECT_EQ(json.root.find("c")->find("d")->at, yaml.root.find("c")->find("d")->at);
  EXPECT_EQ(json.root.find("b")->items[2].at, yaml.root.find("b")->items[2].at);
}

TEST(Tree, ChoosesJsonByNameOrContent) {
  EXPECT_TRUE(parse("{\"a\":\t1}", "-").root.find("a") != nullptr);
  EXPECT_TRUE(parse("{a: 1}", "-").root.find("a") != nullptr);
}

TEST(Tree, ExpandsAliases) {
  const Document d = parse("a: &x {k: [1, 2]}\nb: *x\n", "f.yaml");
  EXPECT_TRUE(d.root.find("a")->same(*d.root.find("b")));
}

TEST(Tree, DropsByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(parse("\xEF\xBB\xBF"
                  "a: 1\r\nb: 2\r\n",
                  "f.yaml")
                .root.find("b")
                ->text,
            "2");
}

TEST(Tree, CollectsWhatDoesNotStopTheReading) {
  const std::string e = failure("a: 1\na: 2\nb: !!str x\n<<: {c: 1}\n");
  EXPECT_THAT(e, HasSubstr("f.yaml:2:1: the key 'a' is given twice (first at line 1)"));
  EXPECT_THAT(e, HasSubstr("f.yaml:3:4: tags are not read"));
  EXPECT_THAT(e, HasSubstr("f.yaml:4:1: merge keys '<<'"));
}

TEST(Tree, LimitsHoldInBoundedTime) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = std::to_string(i - 1), now = std::to_string(i);
    bomb += "a" + now + ": &a" + now + " [" + repeated("*a" + before + ", ", 9) + "*a" + before + "]\n";
  }
  EXPECT_THAT(failure(bomb), HasSubstr("too many values"));
  EXPECT_THAT(failure("a: &x {b: *x}\n"), HasSubstr("1:11: an alias stands inside what it repeats"));
  EXPECT_THAT(
      failure("a: &t \"" + repeated(repeated("x", 999) + "\n", 1000) + "\"\nb: [" + repeated("*t, ", 20) + "]\n"),
      HasSubstr("too much text"));
  EXPECT_THAT(failure(std::string(Limits::bytes + 1, 'x')), HasSubstr("f.yaml: the file is too large"));
  EXPECT_THAT(failure(repeated("[", 900)),
              HasSubstr("1:1: a list or a section cannot be a key (keys are words); close its bracket"));
  EXPECT_THAT(failure(repeated("[", 80) + repeated("]", 80)), HasSubstr("1:65: the values nest too deep"));
  EXPECT_THAT(failure(repeated("[\n", 1'000'000)), HasSubstr("too many brackets are open"));
  EXPECT_THAT(failure(repeated("{\"a\":", 100'000), "f.json"), HasSubstr("f.json:1:321: the values nest too deep"));
  EXPECT_THAT(failure(repeated("[", 1'000'000), "f.json"), HasSubstr("1:65: the values nest too deep"));
  EXPECT_THAT(failure("a: " + repeated("x", 70'000)), HasSubstr("1:65537: the line is too long"));
  EXPECT_THAT(failure("a: |\n" + repeated("  " + repeated("x", 1000) + "\n", 1100)),
              HasSubstr("1:4: the text is too long"));
  EXPECT_THAT(failure("{\"a\": \"" + repeated("x", 2'000'000) + "\"}", "f.json"),
              HasSubstr("1:7: the text is too long"));
  EXPECT_THAT(failure(repeated("- x\n", 200'000)), HasSubstr("100000:3: the scenario has too many values"));
  std::string nested;
  for (std::size_t i = 0; i < 100; ++i) nested += std::string(i, ' ') + "a:\n";
  EXPECT_THAT(failure(nested), HasSubstr("65:65: the values nest too deep"));
}

TEST(Tree, RefusesAQuoteThatIsNeverClosed) {
  EXPECT_THAT(failure("a: \"abc\nb: 2\n"), HasSubstr("1:4: the quote is never closed"));
  EXPECT_THAT(failure("a: 'it''s\n"), HasSubstr("1:4: the quote is never closed"));
  EXPECT_EQ(failure("a: 'it''s'\nb: &x \"y\\\"\"\n"), "");
}

TEST(Tree, TextIsReadBack) {
  const std::string text =
      "a: [1, \"1\", true, \"true\", ~, \"\", \"x: y\", \"# no\", \"two\\nlines\\t\", \"- dash\", \"é\"]\n"
      "b: {c: {}, d: [], e: [[1, [2]], {f: g, h: [i]}]}\n\"odd key: x\": lognormal(median 2 h, sigma 1.2)\n";
  const Document d = parse(text, "f.yaml");
  EXPECT_TRUE(parse(yaml_text(d.root), "f.yaml").root.same(d.root)) << yaml_text(d.root);
  EXPECT_TRUE(parse(json_text(d.root), "f.json").root.same(d.root)) << json_text(d.root);
  EXPECT_TRUE(parse(json_text(d.root, 2), "f.json").root.same(d.root));
}

TEST(Tree, FilesAreLookedAtBeforeTheyAreRead) {
  EXPECT_THROW(load("/nonexistent/file.yaml"), InputErrors);
  EXPECT_THROW(load("/"), InputErrors);
  EXPECT_THROW(load("/dev/zero"), InputErrors);
}

}  // namespace
}  // namespace demarche::scenarios
