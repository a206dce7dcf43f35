#include <csignal>
#include <span>

#include "app/commands.h"
#include "cli/command.h"

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe or socket is an error of its write
  return shomei::cli::run(shomei::app::commands(),
                          std::span<const char* const>(words, static_cast<std::size_t>(count)));
}
