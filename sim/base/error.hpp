#pragma once
#include <stdexcept>
#include <string>

namespace demarche {

/// What the user reads of any failure, always in this grammar: `problem (why); suggestion`.
struct Problem {
  std::string problem;
  std::string why;         ///< may be empty
  std::string suggestion;  ///< may be empty

  std::string text() const;
};

/// Input the program was given cannot be used (exit status 2).
class InputError : public std::runtime_error {
 public:
  explicit InputError(Problem p) : std::runtime_error(p.text()), problem_(std::move(p)) {}
  const Problem& problem() const { return problem_; }

 private:
  Problem problem_;
};

/// A file could not be read or written (exit status 1); carries the path and errno.
class FileError : public std::runtime_error {
 public:
  FileError(std::string action, std::string path, int error_number);
  const std::string& path() const { return path_; }
  int error_number() const { return error_number_; }

 private:
  std::string path_;
  int error_number_;
};

/// A promise of the code itself is broken (exit status 1): always a defect of the program.
class ContractError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace demarche

/// Always checked, cheap places only; inside hot loops use assert().
#define DEMARCHE_EXPECT(condition, message)                                                                 \
  do {                                                                                                      \
    if (!(condition)) throw ::demarche::ContractError(std::string(message) + " [" #condition "] (defect)"); \
  } while (false)
