#include <new>

#include "output/cli/arguments.hpp"
#include "output/cli/console.hpp"
#include "output/store/file.hpp"
#include "sim/base/error.hpp"
#include "sim/base/located.hpp"

namespace {

enum Status : int { usage_or_scenario = 2, other = 1, output_in_use = 75 };

}  // namespace

int main(int count, char** words) {
  using namespace demarche;
  try {
    return cli::run_command(count, words);
  } catch (const InputErrors& errors) {
    cli::say_plainly(errors.what());
    return usage_or_scenario;
  } catch (const InputError& error) {
    cli::say(error.what());
    return usage_or_scenario;
  } catch (const output::OutputBusy& error) {
    cli::say(error.what());
    return output_in_use;
  } catch (const std::bad_alloc&) {
    cli::say("the memory does not suffice; take a smaller scenario or fewer --threads");
    return other;
  } catch (const std::exception& error) {
    cli::say(error.what());
    return other;
  }
}
