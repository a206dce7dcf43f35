#include "cli/print.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/shown_text.h"

namespace shomei::cli {

bool print_raw(std::string_view text, bool to_stdout) {
  std::FILE* const out = to_stdout ? stdout : stderr;
  const bool taken = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  return std::fflush(out) == 0 && taken;
}

int print_answer(std::string_view text, const Invocation& invocation, int exit_code) {
  if (text.empty() || print_raw(text, true)) return exit_code;
  const Error error = unavailable("output_unwritable", {{"system", std::generic_category().message(errno)}});
  print_raw("shomei: " + error_text(error, invocation.language) + "\n", false);
  return cli::exit_code(error.fault);
}

int print_output(const Output& output, const Invocation& invocation) {
  std::string answer = invocation.json ? output.json : shown_lines(output.text);
  if (!answer.empty() && (invocation.json || answer.back() != '\n')) answer += '\n';
  return print_answer(answer, invocation, output.exit_code);
}

std::string error_text(const Error& error, texts::Language language) {
  std::string text = texts::says(error, language);
  const auto since = error.parameter("since");
  if (!since.empty())
    text += (language == texts::Language::ja ? " 施行日: " : " In force since ") + std::string(since) + ".";
  Error hint = error;
  hint.code = error.parameter("would_pass_code");
  hint.rule = {};
  if (!hint.code.empty()) text += " " + texts::says(hint, language);
  return shown_line(text);
}

std::string error_document(const Error& error, texts::Language language) {
  nlohmann::json parameters = nlohmann::json::object();
  for (const auto& p : error.parameters) parameters[p.name] = p.value;
  const nlohmann::json document{{"error",
                                 {{"fault", name(error.fault)},
                                  {"code", error.code},
                                  {"rule", error.rule},
                                  {"parameters", parameters},
                                  {"says", error_text(error, language)}}}};
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void print_error(const Error& error, const Invocation& invocation) {
  if (invocation.json) print_raw(error_document(error, invocation.language), true);
  print_raw("shomei: " + error_text(error, invocation.language) + "\n", false);
}

void print_progress(std::string_view what, std::size_t done) {
  if (isatty(STDERR_FILENO))
    std::fprintf(stderr, "\r%.*s: %zu", static_cast<int>(what.size()), what.data(), done);
}

}  // namespace shomei::cli
