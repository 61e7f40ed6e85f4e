#include "output/store/file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "sim/base/error.hpp"

namespace demarche::output {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "demarche-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  fs::path folder;
};

TEST_F(FileTest, WritesAllBytes) {
  std::string bytes("a\0b\n", 4);
  bytes.append(3'000'000, 'x');
  write_file_atomically(folder / "f", bytes, Overwrite::no);
  EXPECT_EQ(read_file(folder / "f"), bytes);
  EXPECT_EQ(entries(), 1U);
  EXPECT_THROW(read_file(folder / "f", 100), InputError);
}

TEST_F(FileTest, OverwritesOnlyWhenTold) {
  write_file_atomically(folder / "f", "one", Overwrite::no);
  EXPECT_THROW(write_file_atomically(folder / "f", "two", Overwrite::no), InputError);
  EXPECT_EQ(read_file(folder / "f"), "one");
  write_file_atomically(folder / "f", "three", Overwrite::yes);
  EXPECT_EQ(read_file(folder / "f"), "three");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(FileTest, SaysWhatFailed) {
  try {
    write_file_atomically(folder / "absent" / "f", "x", Overwrite::no);
    FAIL();
  } catch (const FileError& e) {
    EXPECT_EQ(e.error_number(), ENOENT);
    EXPECT_EQ(e.path(), (folder / "absent" / "f").string());
  }
  EXPECT_THROW(read_file(folder / "absent"), FileError);
  EXPECT_THROW(read_file(folder), FileError);
}

// The child may write 64 KiB a file; status 0 means that the error was the expected one.
TEST_F(FileTest, AFullDiskLeavesNothingBehind) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{65536, 65536};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(3);
    try {
      write_file_atomically(folder / "f", std::string(1'000'000, 'x'), Overwrite::no);
    } catch (const FileError& e) {
      ::_exit(e.error_number() == EFBIG && e.path() == (folder / "f").string() ? 0 : 2);
    }
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(entries(), 0U);
}

TEST_F(FileTest, AFailedRenameKeepsWhatWasThere) {
  fs::create_directory(folder / "taken");
  EXPECT_THROW(write_file_atomically(folder / "taken", "x", Overwrite::yes), FileError);
  EXPECT_TRUE(fs::is_directory(folder / "taken"));
  EXPECT_EQ(entries(), 1U);
}

TEST_F(FileTest, TheSecondWriterIsTurnedAway) {
  const fs::path output = folder / "new" / "deep";
  {
    const FolderLock first(output);
    EXPECT_TRUE(fs::is_directory(output));
    EXPECT_THROW(FolderLock{output}, OutputBusy);
  }
  EXPECT_NO_THROW(FolderLock{output});
  EXPECT_TRUE(fs::is_empty(output));
}

TEST_F(FileTest, ALockNeedsAFolder) {
  write_file_atomically(folder / "f", "x", Overwrite::no);
  EXPECT_THROW(FolderLock{folder / "f"}, FileError);
}

}  // namespace
}  // namespace demarche::output
