#include <csignal>
#include <cstdio>
#include <exception>
#include <span>

#include "app/commands.h"
#include "cli/command.h"

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe or socket is an error of its write
  try {
    return shomei::cli::run(shomei::app::commands(),
                            std::span<const char* const>(words, static_cast<std::size_t>(count)));
  } catch (const std::exception& e) {
    // A library threw where nobody expected it to: a fault of ours, and not of the input.
    std::fprintf(stderr, "shomei: internal fault: %s\n", e.what());
    return 4;
  }
}
