#include "output/cli/python.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "output/cli/places.hpp"

extern "C" char** environ;

namespace demarche::cli {
namespace {

constexpr const char* interpreter = "/usr/bin/python3";

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> list;
  for (std::string& word : words) list.push_back(word.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> environment(const std::string& package) {
  std::vector<std::string> kept;
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (std::strncmp(*entry, "PYTHONPATH=", 11) != 0) kept.emplace_back(*entry);
  kept.push_back("PYTHONPATH=" + package);
  kept.emplace_back("PYTHONDONTWRITEBYTECODE=1");
  return kept;
}

std::string last_line(const std::string& text) {
  std::string line = text.substr(0, text.find_last_not_of("\n \t") + 1);
  const std::size_t before = line.rfind('\n');
  return before == std::string::npos ? line : line.substr(before + 1);
}

// Keeps the end of what is said, reads to the end of file whatever its length.
std::string read_end(int descriptor) {
  std::string said;
  std::array<char, 4096> piece;
  for (;;) {
    const ssize_t n = ::read(descriptor, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return said;
    said.append(piece.data(), static_cast<std::size_t>(n));
    if (said.size() > (1U << 16)) said.erase(0, said.size() - (1U << 15));
  }
}

}  // namespace

PythonEnd run_python(const std::vector<std::string>& arguments) {
  const std::string package = find_places().python.string();
  if (package.empty()) return {false, "the Python package that draws them is not there"};
  std::vector<std::string> words{interpreter, "-m", "demarche"}, variables = environment(package);
  words.insert(words.end(), arguments.begin(), arguments.end());

  std::array<int, 2> pipe;
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return {false, std::strerror(errno)};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
  pid_t child = 0;
  const int failed =
      ::posix_spawn(&child, interpreter, &actions, nullptr, pointers(words).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  const std::string said = failed == 0 ? read_end(pipe[0]) : std::string();
  ::close(pipe[0]);
  if (failed != 0) return {false, std::string(interpreter) + ": " + std::strerror(failed)};

  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {true, ""};
  const std::string line = last_line(said);
  return {false, line.empty() ? "Python ended without saying why" : line};
}

}  // namespace demarche::cli
