#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <span>

#include "app/commands.h"
#include "cli/command.h"

namespace {

// PINs and keys stay out of core files, and other processes of the same user may not look into this one.
// Where the system refuses, the program runs without: it has no weaker secrets for it, and nobody could act
// on it. A process that is not dumpable belongs to root in /proc and can be traced by root alone. The leak
// check of AddressSanitizer traces its own process at the end, so its builds keep the second door open.
void close_memory() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

}  // namespace

int main(int count, char** words) {
  close_memory();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe or socket is an error of its write
  return shomei::cli::run(shomei::app::commands(),
                          std::span<const char* const>(words, static_cast<std::size_t>(count)));
}
