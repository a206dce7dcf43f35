#include "tests/faults/act_log.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace shomei::test {
namespace {

constexpr std::array<std::string_view, 5> kVerbs{"issue", "confirm", "suspend", "restore", "revoke"};

std::optional<ActVerb> parse_verb(const std::string& word) {
  for (std::size_t i = 0; i < kVerbs.size(); ++i)
    if (kVerbs[i] == word) return static_cast<ActVerb>(i);
  return std::nullopt;
}

std::string digest(ByteView bytes) {
  return to_hex(crypto::sha256(bytes));
}

void take_answer(LoggedActs& into, LoggedAct& act, std::size_t line, std::string answer) {
  if (!act.done_at) act.done_at = line;
  act.answers.push_back(std::move(answer));
  ++into.done;
}

void take_act_line(LoggedActs& into, const std::string& event, std::istringstream& words, std::size_t line) {
  std::string verb_word, request, rest;
  words >> verb_word >> request >> std::ws;
  std::getline(words, rest);
  const auto verb = parse_verb(verb_word);
  if (!verb || rest.empty()) return;
  auto& act = into.acts[request];
  if (event == "send") {
    if (act.sent++ == 0) act.sent_at = line;
    act.verb = *verb;
    act.subject = rest;
  } else if (event == "done") {
    take_answer(into, act, line, rest);
  } else {
    act.last_error = rest;
    ++into.errors[rest];
  }
}

}  // namespace

std::string_view name(ActVerb verb) {
  return kVerbs.at(static_cast<std::size_t>(verb));
}

std::string answer_text(ActVerb verb, const journal::CertificateRecord& record) {
  std::string text = record.serial.hex();
  if (verb == ActVerb::issue) return text + " " + digest(record.der);
  if (verb == ActVerb::confirm) return text + (record.delivered ? " delivered" : " not-delivered");
  text += " " + std::string(journal::name(record.state));
  text += " " + (record.revoked_at ? format_utc(*record.revoked_at) : std::string("-"));
  return text + " " + (record.reason ? std::string(pki::name(*record.reason)) : std::string("-"));
}

void ActLog::write_line(const std::string& line) {
  if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

void ActLog::send(ActVerb verb, const RequestId& request, std::string_view subject) {
  write_line("send " + std::string(name(verb)) + " " + request.text() + " " + std::string(subject) + "\n");
}

void ActLog::done(ActVerb verb, const RequestId& request, const journal::CertificateRecord& record) {
  write_line("done " + std::string(name(verb)) + " " + request.text() + " " + answer_text(verb, record) +
             "\n");
}

void ActLog::error(ActVerb verb, const RequestId& request, const Error& error) {
  write_line("error " + std::string(name(verb)) + " " + request.text() + " " +
             std::string(shomei::name(error.fault)) + " " + std::string(error.code) + "\n");
}

void ActLog::signature(ByteView tbs, ByteView signature) {
  write_line("signed " + digest(tbs) + " " + digest(signature) + "\n");
}

void ActLog::seen(const journal::Checkpoint& checkpoint) {
  write_line("seen " + std::to_string(checkpoint.size) + " " + to_hex(checkpoint.root) + "\n");
}

LoggedActs read_act_log(const std::string& path) {
  LoggedActs found;
  std::ifstream lines(path);
  std::string text;
  for (std::size_t line = 1; std::getline(lines, text) && !lines.eof(); ++line) {
    std::istringstream words(text);
    std::string event;
    words >> event;
    if (event == "send" || event == "done" || event == "error") take_act_line(found, event, words, line);
    std::string digest_of_tbs;
    if (event == "signed" && words >> digest_of_tbs) ++found.signatures[digest_of_tbs];
    SeenCheckpoint seen;
    if (event == "seen" && words >> seen.size >> seen.root) found.seen.push_back(seen);
  }
  return found;
}

}  // namespace shomei::test
