// Secrets from a person: typed without echo, or the lines of a file. Never from the arguments, which others
// can see. What was read and is not returned is wiped.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace shomei::cli {

// Asks on the terminal. unavailable "no_terminal" when there is none; refused "prompt_cancelled" after ^C,
// ^\, ^Z, ^D, or when the process is told to end: the terminal has its echo again then. For one thread at a
// time.
Result<SecretBytes> ask_secret(std::string_view question);

// The lines of a file ("-": standard input), at most `lines_max`, each without its line feed. not_found
// "secret_file_missing"; unavailable "secret_file_unreadable" {path, system}; malformed "secret_file_form"
// {path}.
Result<std::vector<SecretBytes>> read_secret_lines(const std::string& path, std::size_t lines_max);

// The next line of a descriptor, which may be a pipe or a socket, and of which nothing more is taken: called
// again, it gives the line after. None at its end. The same errors.
Result<std::optional<SecretBytes>> read_secret_line(int descriptor);

}  // namespace shomei::cli
