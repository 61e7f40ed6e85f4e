#include "sim/network/graphml_scan.hpp"

#include <cmath>
#include <cstdlib>
#include <unordered_map>

#include "sim/network/xml_scan.hpp"

namespace demarche::network {
namespace {

class Scan {
 public:
  Scan(std::string_view text, Problems& problems) : xml_(text, problems), problems_(problems) {}

  GraphmlSummary run() {
    for (auto kind = xml_.next(); kind != XmlScanner::Kind::end; kind = xml_.next()) {
      if (kind == XmlScanner::Kind::open) open();
      if (kind == XmlScanner::Kind::text && value_depth_ == xml_.depth()) value_ += xml_.text();
      if (kind == XmlScanner::Kind::close) close();
    }
    if (graphs_ == 0)
      problems_.fail(0, 0, {"no graph", "the file has no <graph> element", "check that this is the right file"});
    for (const auto& [name, at] : ends_) {
      if (!node_.contains(name)) {
        xml_.add(at, {"edge end " + quoted(name) + " is no node", "every end must be declared by a <node>",
                      "correct the id or add the node"});
      }
    }
    problems_.throw_if_any();
    if (node_.empty()) problems_.fail(0, 0, {"no nodes", "the graph is empty", "check that this is the right file"});
    return std::move(found_);
  }

 private:
  struct Key {
    std::string name, domain;
    std::size_t column = no_column;
  };
  static constexpr std::size_t no_column = static_cast<std::size_t>(-1);

  std::string attribute_or_fail(const char* name) {
    const std::string* value = xml_.attribute(name);
    if (value == nullptr) {
      xml_.fail(xml_.begin(), {quoted(xml_.name()) + " without " + name, "GraphML requires it",
                               "add " + std::string(name) + "=\"...\""});
    }
    return *value;
  }

  void open() {
    const std::string_view name = xml_.name();
    if (xml_.depth() == 1 && name != "graphml") {
      xml_.fail(xml_.begin(), {"the root element is " + quoted(name), "GraphML begins with <graphml>",
                               "check that this is the right file"});
    }
    // What stands inside an attribute (drawing instructions of editors) is not of the graph.
    if (value_depth_ != 0) return;
    if (name == "key") {
      open_key();
    } else if (name == "graph") {
      open_graph();
    } else if (name == "node") {
      open_node();
    } else if (name == "edge") {
      open_edge();
    } else if (name == "data") {
      open_data();
    } else if (name == "default" && part_depth_ != 0) {
      value_depth_ = xml_.depth();
    } else if (name == "hyperedge" || name == "port") {
      xml_.add(xml_.begin(), {quoted(name) + " is not supported", "ties join two actors", "replace it by edges"});
    }
  }

  void open_key() {
    begin_part();
    key_ = attribute_or_fail("id");
    const std::string* domain = xml_.attribute("for");
    const std::string* name = xml_.attribute("attr.name");
    Key key{name != nullptr ? *name : key_, domain != nullptr ? *domain : "all"};
    if (key.domain == "node" || key.domain == "all") {
      key.column = found_.actors.columns.size();
      // A key may be declared after the nodes that lack it.
      found_.actors.columns.push_back({key.name, std::vector<std::string>(found_.actors.names.size())});
      fallback_.emplace_back();
    }
    if (found_.actors.columns.size() > 1000) xml_.fail(xml_.begin(), {"too many keys", "at most 1000 are read", ""});
    if (!keys_.emplace(key_, std::move(key)).second) {
      xml_.add(xml_.begin(), {"a second key " + quoted(key_), "keys are told apart by id", "rename one"});
    }
  }

  void open_graph() {
    if (++graphs_ > 1) {
      xml_.add(xml_.begin(),
               {"a second graph", "a file is one layer; nested graphs are not supported", "keep one graph a file"});
      return;
    }
    const std::string edges = attribute_or_fail("edgedefault");
    if (edges != "directed" && edges != "undirected") {
      xml_.fail(xml_.begin(), {"edgedefault is " + quoted(edges), "it must be directed or undirected", ""});
    }
    found_.directed = edges == "directed";
  }

  void open_node() {
    if (graphs_ != 1) return;
    const std::string id = attribute_or_fail("id");
    const auto vertex = static_cast<Vertex>(found_.actors.names.size());
    if (!node_.emplace(id, vertex).second) {
      xml_.add(xml_.begin(), {"a second node " + quoted(id), "ids are unique", "rename or remove one"});
    }
    found_.actors.names.push_back(id);
    for (std::size_t i = 0; i < fallback_.size(); ++i) found_.actors.columns[i].values.push_back(fallback_[i]);
    owner_ = Owner::node;
  }

  void open_edge() {
    if (graphs_ != 1) return;
    ++found_.edges;
    for (const char* end : {"source", "target"}) ends_.emplace_back(attribute_or_fail(end), xml_.begin());
    const std::string* directed = xml_.attribute("directed");
    if (directed != nullptr && (*directed == "true") != found_.directed) {
      xml_.add(xml_.begin(), {"an edge with directed=" + quoted(*directed),
                              std::string("the graph's edges are ") + (found_.directed ? "directed" : "undirected"),
                              "write undirected edges as two directed ones"});
    }
    owner_ = Owner::edge;
  }

  void open_data() {
    begin_part();
    key_ = attribute_or_fail("key");
    value_depth_ = xml_.depth();
    if (!keys_.contains(key_)) {
      xml_.add(xml_.begin(),
               {"undeclared key " + quoted(key_), "every <data> names a <key> declared before", "declare it"});
    }
  }

  void begin_part() {
    part_begin_ = xml_.begin();
    part_depth_ = xml_.depth();
    value_.clear();
  }

  void close() {
    // The depth has gone down already: one above the element that ends here.
    const std::size_t closed = xml_.depth() + 1;
    const std::string_view name = xml_.name();
    if (value_depth_ == closed) {
      value_depth_ = 0;
      if (name == "data") {
        take_value();
      } else if (const std::size_t column = keys_[key_].column; column != no_column) {
        fallback_[column] = value_;
      }
    }
    if (part_depth_ == closed) {
      part_depth_ = 0;
      found_.attribute_parts.emplace_back(part_begin_, xml_.end());
    }
    if (part_depth_ == 0 && (name == "node" || name == "edge")) owner_ = Owner::none;
  }

  void take_value() {
    const auto known = keys_.find(key_);
    if (known == keys_.end()) return;
    const Key& key = known->second;
    if (owner_ == Owner::node && key.column != no_column && !found_.actors.names.empty()) {
      found_.actors.columns[key.column].values.back() = value_;
    }
    if (owner_ == Owner::edge && key.name == "weight") {
      char* end = nullptr;
      const double weight = std::strtod(value_.c_str(), &end);
      if (value_.empty() || *end != '\0' || !std::isfinite(weight) || weight < 0) {
        xml_.add(part_begin_, {"weight " + quoted(value_), "weights are finite numbers from 0",
                               "correct it or remove the attribute"});
      }
    }
  }

  enum class Owner { none, node, edge };

  XmlScanner xml_;
  Problems& problems_;
  GraphmlSummary found_;
  std::unordered_map<std::string, Key> keys_;
  std::unordered_map<std::string, Vertex> node_;
  std::vector<std::pair<std::string, std::size_t>> ends_;
  std::vector<std::string> fallback_;  // of each column: what a node without the attribute has
  std::string key_, value_;
  Owner owner_ = Owner::none;
  std::size_t graphs_ = 0, value_depth_ = 0, part_depth_ = 0, part_begin_ = 0;
};

}  // namespace

GraphmlSummary scan_graphml(std::string_view text, Problems& problems) {
  return Scan(text, problems).run();
}

}  // namespace demarche::network
