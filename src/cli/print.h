// How answers and errors are printed. With --json: one document on stdout, people's text on stderr.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace shomei::cli {

bool print_raw(std::string_view text, bool to_stdout);  // false: not all of it got out, and errno says why
// Prints an answer on stdout. The exit code: that of the answer, or 3 with unavailable "output_unwritable" on
// stderr. What is for people, here and in errors, goes through base/shown_text.h: it may quote anyone.
int print_output(const Output& output, const Invocation& invocation);
int print_answer(std::string_view text, const Invocation& invocation, int exit_code);
void print_error(const Error& error, const Invocation& invocation);
// {"error":{"fault","code","rule","parameters","says"}} and a line feed.
std::string error_document(const Error& error, texts::Language language);
// The sentence, in one line, and what would make it pass when the error names it.
std::string error_text(const Error& error, texts::Language language);
// Progress of long work: one line on stderr that is written over, when stderr is a terminal.
void print_progress(std::string_view what, std::size_t done);

}  // namespace shomei::cli
