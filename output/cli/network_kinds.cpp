#include "output/cli/network_kinds.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::cli {
namespace {

using network::Vertex;

const NetworkParameter actors{"actors", "number of actors", ""};

/// Values of one request; asked for by name.
class Values {
 public:
  Values(const NetworkKind& kind, const std::map<std::string, std::string>& given) : kind_(kind), given_(given) {}

  double number(const std::string& name) const {
    const std::string text = value(name);
    double x = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), x);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size()) refuse(name, text, "a number");
    return x;
  }
  template <class T>
  T count(const std::string& name) const {
    const std::string text = value(name);
    std::uint64_t n = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), n);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || n > std::numeric_limits<T>::max())
      refuse(name, text, "a whole number");
    return static_cast<T>(n);
  }
  bool yes(const std::string& name) const {
    const std::string text = value(name);
    if (text != "yes" && text != "no") refuse(name, text, "yes or no");
    return text == "yes";
  }
  std::vector<double> numbers(const std::string& name) const {
    std::vector<double> list;
    const std::string text = value(name);
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(',', at), text.size());
      double x = 0;
      const auto read = std::from_chars(text.data() + at, text.data() + end, x);
      if (read.ec != std::errc() || read.ptr != text.data() + end) refuse(name, text, "numbers with commas between");
      list.push_back(x);
      at = end + 1;
    }
    return list;
  }

 private:
  std::string value(const std::string& name) const {
    if (const auto found = given_.find(name); found != given_.end()) return found->second;
    for (const NetworkParameter& p : kind_.parameters)
      if (p.name == name && !p.standard.empty()) return p.standard;
    throw InputError({"a network of kind " + kind_.name + " needs --" + name, "", "see demarche show " + kind_.name});
  }
  [[noreturn]] static void refuse(const std::string& name, const std::string& text, const std::string& wanted) {
    throw InputError({"--" + name + " " + text + " is not " + wanted, "", ""});
  }

  const NetworkKind& kind_;
  const std::map<std::string, std::string>& given_;
};

std::vector<Vertex> sizes(const Values& v) {
  std::vector<Vertex> list;
  for (const double size : v.numbers("sizes")) {
    if (!(size >= 1 && size <= 4294967294.0))
      throw InputError({"--sizes holds a size that is no number of actors", "", ""});
    list.push_back(static_cast<Vertex>(size));
  }
  return list;
}

const NetworkKind& kind_named(const std::string& name) {
  std::vector<std::string> names;
  for (const NetworkKind& kind : network_kinds()) {
    if (kind.name == name) return kind;
    names.push_back(kind.name);
  }
  const std::string near = nearest(name, names);
  throw InputError({"there is no network of kind " + name, "see demarche list networks",
                    near.empty() ? "" : "did you mean " + near + "?"});
}

}  // namespace

const std::vector<NetworkKind>& network_kinds() {
  static const std::vector<NetworkKind> kinds{
      {"hierarchy",
       "tree of subordinates, rewired towards a small world",
       "Watts & Strogatz 1998, doi 10.1038/30918",
       {actors,
        {"branching", "subordinates of each superior", "2"},
        {"rewiring", "probability that the upper end of a tie is drawn anew, 0 to 1", "0"}}},
      {"dodds-watts-sabel",
       "hierarchy with extra informal ties",
       "Dodds, Watts & Sabel 2003, doi 10.1073/pnas.1534702100",
       {actors,
        {"branching", "subordinates of each superior", "5"},
        {"extra", "undirected ties beside the tree", "0"},
        {"lambda", "how far down the extra ties reach, above 0", "1"},
        {"zeta", "how far apart they may join, above 0", "1"}}},
      {"heavy-tailed",
       "followers whose numbers follow a power law, some of them followed back",
       "exponent, mean and reciprocity of Twitter: Kwak et al. 2010, doi 10.1145/1772690.1772751",
       {actors,
        {"exponent", "of the law of follower counts, above 1", "2.276"},
        {"mean-degree", "mean number of followers", "35"},
        {"reciprocity", "share of ties that are returned, 0 to 1", "0.22"}}},
      {"block-model",
       "groups with mean ties within and between them",
       "Holland, Laskey & Leinhardt 1983, doi 10.1016/0378-8733(83)90021-7",
       {{"sizes", "actors of each group, commas between", ""},
        {"mean-ties", "mean ties of an actor of group g to group h, row by row, commas between", ""}}},
      {"erdos-renyi",
       "every tie exists independently",
       "Erdos & Renyi 1959",
       {actors, {"mean-degree", "mean number of followers", ""}, {"directed", "yes: each direction on its own", "no"}}},
      {"random-regular",
       "everybody has the same number of random neighbours",
       "Steger & Wormald 1999, doi 10.1017/S0963548399003867",
       {actors, {"degree", "neighbours of each actor", "4"}}},
      {"ring", "nearest neighbours on a ring", "lattice", {actors, {"degree", "neighbours of each, even", "2"}}},
      {"torus",
       "square lattice without an edge",
       "lattice",
       {{"rows", "3 or more", ""}, {"columns", "3 or more", ""}, {"moore", "yes: 8 neighbours, no: 4", "no"}}},
      {"complete", "everybody is tied to everybody", "exact", {actors}},
      {"line", "a directed path", "exact", {actors}},
      {"star", "a centre and its neighbours", "exact", {actors}},
      {"r-mat",
       "recursive matrix: heavy tails and communities, fast to make at any size",
       "Chakrabarti, Zhan & Faloutsos 2004, doi 10.1137/1.9781611972740.43",
       {actors,
        {"ties", "different directed ties", ""},
        {"a", "probability of the first quadrant", "0.57"},
        {"b", "of the second", "0.19"},
        {"c", "of the third; the fourth has the rest", "0.19"}}},
      {"country-blocks",
       "countries with heavy-tailed follower counts; made row by row, so that ties need not be stored",
       "degree-corrected block model: Karrer & Newman 2011, doi 10.1103/PhysRevE.83.016107",
       {{"sizes", "actors of each country, commas between", ""},
        {"mean-degree", "mean number of followers", "35"},
        {"exponent", "of the law of follower counts, above 1", "2.276"},
        {"home", "probability that a follower is of the own country on purpose, 0 to 1", "0.75"},
        {"following-exponent", "of how much each follows, above 1; 0: all as much", "0"},
        {"implicit", "yes: ties are recomputed whenever asked for and need no memory", "no"}}}};
  return kinds;
}

std::vector<std::string> network_parameter_names() {
  std::vector<std::string> names;
  for (const NetworkKind& kind : network_kinds())
    for (const NetworkParameter& p : kind.parameters)
      if (std::find(names.begin(), names.end(), p.name) == names.end()) names.push_back(p.name);
  return names;
}

network::Generator network_generator(const std::string& name, const std::map<std::string, std::string>& values) {
  const NetworkKind& kind = kind_named(name);
  for (const auto& value : values)
    if (std::none_of(kind.parameters.begin(), kind.parameters.end(),
                     [&](const NetworkParameter& p) { return p.name == value.first; })) {
      std::string known;
      for (const NetworkParameter& p : kind.parameters) known += (known.empty() ? "--" : ", --") + p.name;
      throw InputError({"--" + value.first + " does not go with " + name, "it takes " + known, ""});
    }
  const Values v(kind, values);
  const auto n = [&] { return v.count<Vertex>("actors"); };
  network::Generator g;
  if (name == "hierarchy") g = network::Hierarchy{n(), v.count<std::uint32_t>("branching"), v.number("rewiring")};
  if (name == "dodds-watts-sabel")
    g = network::DoddsWattsSabel{n(), v.count<std::uint32_t>("branching"), v.count<std::uint64_t>("extra"),
                                 v.number("lambda"), v.number("zeta")};
  if (name == "heavy-tailed")
    g = network::HeavyTailed{n(), v.number("exponent"), v.number("mean-degree"), v.number("reciprocity")};
  if (name == "block-model") g = network::BlockModel{sizes(v), v.numbers("mean-ties")};
  if (name == "country-blocks")
    g = network::CountryBlocks{sizes(v),         v.number("mean-degree"),        v.number("exponent"),
                               v.number("home"), v.number("following-exponent"), v.yes("implicit")};
  if (name == "erdos-renyi") g = network::ErdosRenyi{n(), v.number("mean-degree"), v.yes("directed")};
  if (name == "random-regular") g = network::RandomRegular{n(), v.count<std::uint32_t>("degree")};
  if (name == "ring") g = network::RingLattice{n(), v.count<std::uint32_t>("degree")};
  if (name == "torus") g = network::Torus{v.count<Vertex>("rows"), v.count<Vertex>("columns"), v.yes("moore")};
  if (name == "complete") g = network::Complete{n()};
  if (name == "line") g = network::Line{n()};
  if (name == "star") g = network::Star{n()};
  if (name == "r-mat")
    g = network::RMat{n(), v.count<std::uint64_t>("ties"), v.number("a"), v.number("b"), v.number("c")};
  network::validate(g);
  return g;
}

}  // namespace demarche::cli
