#include "sim/network/network_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "sim/network/network_file_format.hpp"
#include "sim/network/xxh64.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

namespace fs = std::filesystem;
using testing::input_error;
using testing::made;

class NetworkFiles : public ::testing::Test {
 protected:
  NetworkFiles() {
    std::string name = fs::temp_directory_path() / "dnet-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ / "a.dnet";
  }
  ~NetworkFiles() override { fs::remove_all(folder_); }

  void write_sample(bool replace = false) const {
    const std::vector<Layer> layers{made(ErdosRenyi{40, 5, true}), Layer("none", std::vector<TieIndex>(41), {})};
    ActorTable actors;
    for (int v = 0; v < 40; ++v) actors.names.push_back("actor " + std::to_string(v * v));
    actors.columns.push_back({"country", std::vector<std::string>(40, "Côte d'Ivoire")});
    actors.columns.push_back({"empty", std::vector<std::string>(40)});
    write_network_file(path_, {layers, &actors, "a test"}, replace);
  }
  std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
  std::string refused(unsigned threads = 1) const {
    return input_error([&] { read_network_file(path_, {RowsIn::file, threads}); });
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
  std::string path_;
};

void expect_same(const Layer& a, const Layer& b) {
  EXPECT_EQ(a.name(), b.name());
  EXPECT_TRUE(std::equal(a.offsets().begin(), a.offsets().end(), b.offsets().begin(), b.offsets().end()));
  EXPECT_TRUE(std::equal(a.targets().begin(), a.targets().end(), b.targets().begin(), b.targets().end()));
}

// what the head and the checksums say is made true again: such a file is hostile, not damaged
void seal(std::string& text) {
  using namespace file_format;
  Head head;
  std::memcpy(&head, text.data(), sizeof(head));
  if (head.checksums_at <= text.size() && head.head_bytes <= head.checksums_at) {
    std::vector<std::uint64_t> sums;
    for (std::uint64_t at = head.head_bytes; at < head.checksums_at; at += block)
      sums.push_back(xxh64(text.data() + at, std::min(block, head.checksums_at - at)));
    text.resize(head.checksums_at);
    text.append(reinterpret_cast<const char*>(sums.data()), sums.size() * 8);
    head.checksum_of_checksums = xxh64(sums.data(), sums.size() * 8);
    std::memcpy(text.data(), &head, sizeof(head));
  }
  if (head.head_bytes < 8 || head.head_bytes > text.size()) return;
  const std::uint64_t sum = xxh64(text.data(), head.head_bytes - 8);
  std::memcpy(text.data() + head.head_bytes - 8, &sum, 8);
}

file_format::Section section(const std::string& text, file_format::Kind kind) {
  for (std::size_t at = sizeof(file_format::Head);; at += sizeof(file_format::Section)) {
    file_format::Section s;
    std::memcpy(&s, text.data() + at, sizeof(s));
    if (s.kind == kind) return s;
  }
}

template <class T>
void set(std::string& text, std::uint64_t at, T value) {
  std::memcpy(text.data() + at, &value, sizeof(value));
}

// the first two from the specification's own sanity checks, the others from Debian's libxxhash 0.8.1
TEST(Xxh64, GivesTheKnownAnswers) {
  EXPECT_EQ(xxh64("", 0), 0xEF46DB3751D8E999U);
  EXPECT_EQ(xxh64("abc", 3), 0x44BC2CF5AD770999U);
  std::string text;
  for (int i = 0; i < 103; ++i) text += static_cast<char>(i * 7);
  EXPECT_EQ(xxh64(text.data(), 31), 0xF187C62B1E722B7U);
  EXPECT_EQ(xxh64(text.data(), 64), 0xBF3052E3445775D0U);
  EXPECT_EQ(xxh64(text.data(), 103), 0xC59307AB9D035CF4U);
}

TEST_F(NetworkFiles, GiveBackWhatWasWritten) {
  write_sample();
  EXPECT_EQ(files(), 1U);
  const Layer layer = made(ErdosRenyi{40, 5, true});
  std::uint64_t checksum = 0;
  for (const RowsIn rows : {RowsIn::file, RowsIn::memory}) {
    for (const unsigned threads : {1U, 3U}) {
      const NetworkFile file = read_network_file(path_, {rows, threads});
      ASSERT_EQ(file.layers.size(), 2U);
      expect_same(file.layers[0], layer);
      EXPECT_EQ(file.layers[1].name(), "none");
      EXPECT_EQ(file.layers[1].ties(), 0U);
      EXPECT_EQ(file.source, "a test");
      EXPECT_EQ(file.actors.names[7], "actor 49");
      EXPECT_EQ(file.actors.column("country")->values[39], "Côte d'Ivoire");
      EXPECT_EQ(file.actors.column("empty")->values[39], "");
      EXPECT_TRUE(checksum == 0 || checksum == file.checksum);
      checksum = file.checksum;
    }
  }
  const NetworkFileHead head = network_file_head(path_);
  EXPECT_EQ(head.actors, 40U);
  EXPECT_EQ(head.layers, 2U);
  EXPECT_EQ(head.ties, layer.ties());
  EXPECT_EQ(head.bytes, fs::file_size(path_));
  EXPECT_EQ(head.strings, 3 * 40U) << "names and two columns";
}

TEST_F(NetworkFiles, HoldLayersOfManyBlocksAndImplicitOnes) {
  CountryBlocks g{{60000, 40000}, 12};
  const Layer layer = made(g);
  g.implicit = true;
  write_network_file(path_, {{{made(g)}}, nullptr, ""});
  const NetworkFile file = read_network_file(path_, {RowsIn::file, 3});
  expect_same(file.layers[0], layer);
  EXPECT_TRUE(file.actors.names.empty());
  const std::string sealed = bytes();
  EXPECT_GT(sealed.size(), 4U * file_format::block);
  for (const std::size_t at : {sealed.size() / 2, sealed.size() / 3, sealed.size() - 1}) {
    std::string damaged = sealed;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    put(damaged);
    EXPECT_NE(refused(3).find("damaged"), std::string::npos) << at;
  }
}

TEST_F(NetworkFiles, AreTheSameBytesForTheSameNetwork) {
  write_sample();
  const std::string first = bytes();
  write_sample(true);
  EXPECT_EQ(bytes(), first);
  EXPECT_EQ(xxh64(first.data(), first.size()), 3180713819355573602U)
      << "the format has changed: it needs a new version number";
}

TEST_F(NetworkFiles, AreNotOverwrittenUnasked) {
  put("precious");
  EXPECT_NE(input_error([&] { write_sample(); }).find("exists already"), std::string::npos);
  EXPECT_EQ(bytes(), "precious");
  write_sample(true);
  EXPECT_EQ(read_network_file(path_).source, "a test");
  EXPECT_EQ(files(), 1U);
}

TEST_F(NetworkFiles, LeaveNothingBehindWhenTheDiskRefuses) {
  put("precious");
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{}, low{};
  getrlimit(RLIMIT_FSIZE, &old);
  low = {10000, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &low);
  try {
    write_sample(true);
    ADD_FAILURE() << "no error";
  } catch (const FileError& e) {
    EXPECT_EQ(e.path(), path_);
    EXPECT_EQ(e.error_number(), EFBIG);
  }
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, before);
  EXPECT_EQ(bytes(), "precious");
  EXPECT_EQ(files(), 1U);
  EXPECT_THROW(write_network_file(folder_ / "no" / "b.dnet", {{{made(Line{3})}}}), FileError);
  EXPECT_THROW(read_network_file(folder_ / "none.dnet"), FileError);
  EXPECT_THROW(read_network_file(folder_), FileError);
}

TEST_F(NetworkFiles, AreRefusedWithAnyByteFlipped) {
  write_sample();
  std::string text = bytes();
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto flip = [&](int by) {
      text[i] = static_cast<char>(text[i] ^ by);
      file.seekp(static_cast<std::streamoff>(i));
      file.put(text[i]);
      file.flush();
    };
    flip(1 << i % 8);
    const std::string error = refused();
    ASSERT_EQ(error.find(path_), 0U) << "byte " << i << ": " << error;
    flip(1 << i % 8);
  }
  EXPECT_EQ(refused(), "(no InputError)");
}

TEST_F(NetworkFiles, AreRefusedTruncatedOrWithMoreBehind) {
  write_sample();
  const std::string text = bytes();
  for (std::size_t length = 0; length < text.size(); length += length < 5000 ? 37 : 499) {
    put(text.substr(0, length));
    ASSERT_EQ(refused().find(path_), 0U) << length;
  }
  put(text.substr(0, text.size() - 1));
  EXPECT_NE(refused().find("is truncated"), std::string::npos);
  put(text + "x");
  EXPECT_NE(refused().find("longer than it should be"), std::string::npos);
  put("from,to\na,b\n");
  EXPECT_NE(refused().find("is no network file"), std::string::npos);
}

TEST_F(NetworkFiles, AreRefusedWhenHostile) {
  using namespace file_format;
  write_sample();
  const std::string right = bytes();
  const std::uint64_t offsets = section(right, layer_offsets).at, targets = section(right, layer_targets).at;
  const std::uint64_t names = section(right, actor_names).at;
  const std::uint64_t table = sizeof(Head);
  const auto refused_with = [&](std::uint64_t at, auto value) {
    std::string text = right;
    set(text, at, value);
    seal(text);
    put(text);
    return refused();
  };
  using u64 = std::uint64_t;
  EXPECT_EQ(refused_with(0, right[0]), "(no InputError)");
  EXPECT_NE(refused_with(offsetof(Head, version), std::uint32_t{2}).find("of version 2"), std::string::npos);
  EXPECT_NE(refused_with(offsetof(Head, byte_order), std::uint32_t{0x04030201}).find("byte order"), std::string::npos);
  for (const u64 absurd : {u64{0}, u64{1}, u64{41}, u64{0xffffffff}, ~u64{0}, u64{1} << 63, u64{1} << 61})
    EXPECT_NE(refused_with(offsetof(Head, actors), absurd), "(no InputError)") << absurd;
  for (const std::size_t field :
       {offsetof(Head, head_bytes), offsetof(Head, file_bytes), offsetof(Head, layers), offsetof(Head, sections),
        offsetof(Head, block_bytes), offsetof(Head, checksums_at), offsetof(Head, zero)})
    for (const u64 absurd : {u64{3}, ~u64{0}, u64{1} << 63, u64{5000}})
      EXPECT_NE(refused_with(field, absurd), "(no InputError)") << field << " " << absurd;
  for (const u64 absurd : {u64{0}, ~u64{0} - 4095, u64{1} << 62, u64{4096}, u64{7}}) {
    EXPECT_NE(refused_with(table + 24 + 8, absurd), "(no InputError)") << absurd;
    EXPECT_NE(refused_with(table + 2 * 24 + 16, absurd), "(no InputError)") << absurd;
  }
  EXPECT_NE(refused_with(table, std::uint32_t{99}).find("unknown kind"), std::string::npos);
  EXPECT_NE(refused_with(table + 24, std::uint32_t{layer_names}).find("twice"), std::string::npos);
  EXPECT_NE(refused_with(offsets, u64{1}).find("span"), std::string::npos);
  EXPECT_NE(refused_with(offsets + 8 * 5, ~u64{0}).find("impossible rows"), std::string::npos);
  EXPECT_NE(refused_with(offsets + 8 * 40, u64{1} << 40).find("span"), std::string::npos);
  EXPECT_NE(refused_with(targets, Vertex{40}).find("impossible rows"), std::string::npos);
  EXPECT_NE(refused_with(targets, ~Vertex{0}).find("impossible rows"), std::string::npos);
  EXPECT_NE(refused_with(targets, Vertex{0}).find("impossible rows"), std::string::npos) << "a tie to oneself";
  EXPECT_NE(refused_with(names, u64{39}).find("names"), std::string::npos);
  EXPECT_NE(refused_with(names + 8, ~u64{0}).find("names"), std::string::npos);
  EXPECT_NE(refused_with(names + 8 * 41, '\xff').find("UTF-8"), std::string::npos);
}

// what lies in the body is the same in both, and so are the checksums of its blocks
TEST_F(NetworkFiles, HaveAnotherChecksumWhenTheirColumnsAreSwapped) {
  using namespace file_format;
  write_sample();
  const std::string right = bytes();
  const std::uint64_t checksum = read_network_file(path_).checksum;
  std::string swapped = right;
  Head head;
  std::memcpy(&head, right.data(), sizeof(head));
  for (std::uint64_t i = 0; i < head.sections; ++i) {
    Section s;
    const std::uint64_t at = sizeof(Head) + i * sizeof(Section);
    std::memcpy(&s, right.data() + at, sizeof(s));
    if (s.kind == column_values) set(swapped, at + offsetof(Section, index), 1 - s.index);
  }
  seal(swapped);
  put(swapped);
  const NetworkFile other = read_network_file(path_);
  EXPECT_EQ(other.actors.column("country")->values[39], "");
  EXPECT_NE(other.checksum, checksum);
}

TEST_F(NetworkFiles, HaveChecksumsOfTheirOwn) {
  std::set<std::uint64_t> checksums;
  for (const char* const source : {"", "a", "b"}) {
    for (const Vertex actors : {3U, 4U}) {
      write_network_file(path_, {{{made(Line{actors})}}, nullptr, source}, true);
      checksums.insert(read_network_file(path_).checksum);
    }
  }
  EXPECT_EQ(checksums.size(), 6U);
}

TEST_F(NetworkFiles, AreRefusedWithNamesThatNobodyHas) {
  using namespace file_format;
  write_sample();
  const std::string right = bytes();
  const auto refused_with = [&](Kind kind, std::uint64_t strings, auto change) {
    std::string text = right;
    const std::uint64_t at = section(right, kind).at;
    change(text, at + 8, at + 8 * (strings + 1));
    seal(text);
    put(text);
    return refused();
  };
  for (const Kind kind : {layer_names, actor_names, column_names, column_values, source_text}) {
    const std::uint64_t strings = kind == source_text ? 1 : kind == layer_names || kind == column_names ? 2 : 40;
    for (const char control : {'\0', '\x1b', '\x7f'}) {
      EXPECT_NE(refused_with(kind, strings, [&](std::string& text, auto, auto names) { text[names + 1] = control; })
                    .find("control character"),
                std::string::npos)
          << kind << " " << int{control};
    }
    const std::string line =
        refused_with(kind, strings, [](std::string& text, auto, auto names) { text[names] = '\n'; });
    EXPECT_EQ(line == "(no InputError)", kind == column_values || kind == source_text) << kind << line;
  }
  // "actor 0" and "actor 1" change where one ends
  EXPECT_NE(refused_with(actor_names, 40, [](std::string& text, auto ends, auto) { set(text, ends, std::uint64_t{0}); })
                .find("without a name"),
            std::string::npos);
  EXPECT_NE(refused_with(actor_names, 40,
                         [](std::string& text, auto, auto names) {
                           text[names + 6] = '\xc3';
                           text[names + 7] = '\xa9';
                         })
                .find("UTF-8"),
            std::string::npos)
      << "a name ends within a character, the next begins there";
  EXPECT_NE(
      refused_with(column_values, 40, [](std::string& text, auto ends, auto) { set(text, ends, std::uint64_t{2}); })
          .find("UTF-8"),
      std::string::npos)
      << "Co^te, cut";
}

TEST_F(NetworkFiles, AreNotWrittenWhereTheyWouldBeRefused) {
  put("precious");
  for (const std::string& name : {std::string(), std::string("a\nb"), std::string(1, '\0'), std::string("\xa9")}) {
    const ActorTable actors{{"a", name, "c"}, {}};
    EXPECT_NE(input_error([&] {
                write_network_file(path_, {{{made(Line{3})}}, &actors}, true);
              }).find("actor 1"),
              std::string::npos);
  }
  EXPECT_EQ(bytes(), "precious");
  const ActorTable text{{"a", "b", "c"}, {{"about", {"two\nlines", "a\ttab\r", ""}}}};
  write_network_file(path_, {{{made(Line{3})}}, &text}, true);
  EXPECT_EQ(read_network_file(path_).actors.columns[0].values, text.columns[0].values);
}

// Any word of a file changed and the checksums made right again: refused, or a layer whose rows can be walked.
RC_GTEST_FIXTURE_PROP(NetworkFiles, DoNoHarm, ()) {
  write_sample();
  std::string text = bytes();
  const auto changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) {
    const auto value = *rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::inRange<std::uint64_t>(0, 100));
    const auto where =
        *rc::gen::oneOf(rc::gen::inRange<std::size_t>(8, 400), rc::gen::inRange<std::size_t>(8, text.size() - 8));
    set(text, where / 4 * 4, value);
  }
  seal(text);
  put(text);
  try {
    const NetworkFile file = read_network_file(path_);
    for (const Layer& layer : file.layers) testing::expect_simple(layer);
  } catch (const InputError&) {
  }
}

}  // namespace
}  // namespace demarche::network
