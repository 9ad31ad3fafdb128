// SPDX-License-Identifier: Apache-2.0
#include "service/toml_reader.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace marsad::service {

struct TomlReader::State {
  std::string file;
  toml::table document;
  bool parsed = true;
  std::vector<base::Error> errors;
  std::vector<std::shared_ptr<Table::Node>> tables;

  void wrong(const toml::source_region& source, const std::string& key, std::string message) {
    errors.push_back({fmt::format("{}:{}: {}", file, source.begin.line, key), std::move(message)});
  }
};

struct TomlReader::Table::Node {
  State* state;
  const toml::table* table;
  std::string path;  // "camera[2]"
  std::set<std::string, std::less<>> read;

  std::string key(std::string_view name) const {
    return path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
  }

  // The value under this key, counted as read.
  const toml::node* find(std::string_view name) {
    read.emplace(name);
    return table->get(name);
  }

  void wrong_type(std::string_view name, const toml::node& node, std::string_view expected) {
    std::ostringstream found;
    found << node.type();
    state->wrong(node.source(), key(name),
                 fmt::format("found {}; expected {}", found.str(), expected));
  }

  void missing(std::string_view name, std::string_view expected) {
    state->wrong(table->source(), key(name), fmt::format("missing; expected {}", expected));
  }

  std::shared_ptr<Node> child(const toml::table& of, std::string child_path) {
    auto node = std::make_shared<Node>(Node{state, &of, std::move(child_path), {}});
    state->tables.push_back(node);
    return node;
  }
};

TomlReader::Table::Table(std::shared_ptr<Node> node) : node_(std::move(node)) {}

namespace {

using Pairs = std::vector<std::pair<double, double>>;

// None where it is anything but a list of pairs of numbers.
std::optional<Pairs> read_pairs(const toml::node& node) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  Pairs out;
  for (const toml::node& element : *array) {
    const toml::array* pair = element.as_array();
    if (pair == nullptr || pair->size() != 2 || !pair->get(0)->is_number() ||
        !pair->get(1)->is_number()) {
      return std::nullopt;
    }
    out.emplace_back(*pair->get(0)->value<double>(), *pair->get(1)->value<double>());
  }
  return out;
}

std::string in_words(Range range) {
  return fmt::format("a number from {} to {}", range.low, range.high);
}

}  // namespace

std::optional<double> TomlReader::Table::number(std::string_view key, Range range) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return std::nullopt;
  const auto value = node->value<double>();
  if (!node->is_number() || !value) {
    node_->wrong_type(key, *node, in_words(range));
    return std::nullopt;
  }
  const bool is_in_range = *value >= range.low && *value <= range.high;  // no NaN is
  if (!is_in_range) {
    node_->state->wrong(node->source(), node_->key(key),
                        fmt::format("{} is out of range; expected {}", *value, in_words(range)));
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> TomlReader::Table::whole_number(std::string_view key, Range range) {
  const auto value = number(key, range);
  if (!value) return std::nullopt;
  if (*value == std::floor(*value)) return static_cast<std::int64_t>(*value);
  wrong(key, fmt::format("{} is no whole number; expected {}", *value, in_words(range)));
  return std::nullopt;
}

std::optional<std::string> TomlReader::Table::text(std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_string()) {
    node_->wrong_type(key, *node, "a text in quotes");
    return std::nullopt;
  }
  return node->value<std::string>();
}

std::vector<std::string> TomlReader::Table::texts(std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return {};
  std::vector<std::string> out;
  if (const toml::array* list = node->as_array()) {
    for (const toml::node& element : *list) {
      if (const auto text = element.value_exact<std::string>()) out.push_back(*text);
    }
    if (!list->empty() && out.size() == list->size()) return out;
  }
  node_->wrong_type(key, *node, "a list of texts in quotes, at least one");
  return {};
}

std::optional<bool> TomlReader::Table::boolean(std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_boolean()) {
    node_->wrong_type(key, *node, "true or false");
    return std::nullopt;
  }
  return node->value<bool>();
}

double TomlReader::Table::required_number(std::string_view key, Range range) {
  if (node_->table->get(key) == nullptr) node_->missing(key, in_words(range));
  return number(key, range).value_or(0);
}

std::int64_t TomlReader::Table::required_whole_number(std::string_view key, Range range) {
  if (node_->table->get(key) == nullptr) node_->missing(key, in_words(range));
  return whole_number(key, range).value_or(0);
}

std::string TomlReader::Table::required_text(std::string_view key) {
  if (node_->table->get(key) == nullptr) node_->missing(key, "a text in quotes");
  return text(key).value_or("");
}

std::vector<std::pair<double, double>> TomlReader::Table::pairs(std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return {};
  auto read = read_pairs(*node);
  if (!read) node_->wrong_type(key, *node, "a list of pairs of numbers, like [[1, 2], [3, 4]]");
  return std::move(read).value_or(Pairs{});
}

bool TomlReader::Table::is_list(std::string_view key) const {
  const toml::node* node = node_->table->get(key);
  return node != nullptr && node->is_array();
}

std::vector<std::vector<std::pair<double, double>>> TomlReader::Table::polygons(
    std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return {};
  std::vector<Pairs> out;
  const toml::array* array = node->as_array();
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    if (auto read = read_pairs(*array->get(i)); read && read->size() >= 3) {
      out.push_back(*std::move(read));
    }
  }
  if (array == nullptr || out.empty() || out.size() < array->size()) {
    node_->wrong_type(key, *node, "a list of polygons, each a list of three [x, y] pairs or more");
    return {};
  }
  return out;
}

std::optional<TomlReader::Table> TomlReader::Table::table(std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) {
    node_->wrong_type(key, *node, fmt::format("a table [{}]", key));
    return std::nullopt;
  }
  return Table(node_->child(*node->as_table(), node_->key(key)));
}

std::vector<TomlReader::Table> TomlReader::Table::tables(std::string_view key) {
  const toml::node* node = node_->find(key);
  if (node == nullptr) return {};
  const toml::array* array = node->as_array();
  if (array == nullptr || !array->is_homogeneous(toml::node_type::table)) {
    node_->wrong_type(key, *node, fmt::format("tables [[{}]]", key));
    return {};
  }
  std::vector<Table> out;
  for (std::size_t i = 0; i < array->size(); ++i) {
    out.push_back(Table(
        node_->child(*array->get(i)->as_table(), fmt::format("{}[{}]", node_->key(key), i + 1))));
  }
  return out;
}

void TomlReader::Table::wrong(std::string_view key, const std::string& message) {
  const toml::node* node = node_->table->get(key);
  node_->state->wrong(node != nullptr ? node->source() : node_->table->source(), node_->key(key),
                      message);
}

TomlReader::TomlReader(std::string_view content, std::string file)
    : state_(std::make_shared<State>(State{std::move(file), {}, true, {}, {}})) {
  try {
    state_->document = toml::parse(content);
  } catch (const toml::parse_error& error) {
    state_->parsed = false;
    state_->errors.push_back({fmt::format("{}:{}", state_->file, error.source().begin.line),
                              std::string(error.description())});
  }
}

TomlReader::~TomlReader() = default;

bool TomlReader::parsed() const { return state_->parsed; }

TomlReader::Table TomlReader::root() {
  auto node = std::make_shared<Table::Node>(Table::Node{state_.get(), &state_->document, "", {}});
  state_->tables.push_back(node);
  return Table(node);
}

std::vector<base::Error> TomlReader::finish() {
  for (const auto& node : state_->tables) {
    for (const auto& [key, value] : *node->table) {
      if (node->read.contains(key.str())) continue;
      std::string known;
      for (const std::string& word : node->read) known += (known.empty() ? "" : ", ") + word;
      state_->wrong(key.source(), node->key(key.str()), "unknown key; known here: " + known);
    }
  }
  return state_->errors;
}

}  // namespace marsad::service
