#include "status/past/statement.h"

#include <algorithm>

#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::status {
namespace {

using Document = nlohmann::json;

constexpr int kVersion = 1;
constexpr std::size_t kInstantMsLength = 29;  // 2026-11-22T09:00:00.123+09:00
constexpr std::size_t kSecondsLength = 19;

Error bad(std::string what) {
  return malformed("status_at_form", {{"what", std::move(what)}});
}

Document encode_state(const StateAt& state) {
  Document document{{"state", name(state.state)}};
  if (state.state == PastState::unknown) return document;
  document["expired"] = state.expired;
  document["not_yet_valid"] = state.not_yet_valid;
  if (state.since) document["since"] = format_jst(*state.since);
  if (state.reason) document["reason"] = pki::name(*state.reason);
  if (state.invalidity_at) document["invalidity_at"] = format_jst(*state.invalidity_at);
  return document;
}

Document encode_change(const Change& change) {
  Document document{{"change", name(change.event)},
                    {"recorded_at", format_jst(change.recorded_at)},
                    {"sequence", change.sequence}};
  if (change.event == LifeEvent::issued) {
    document["not_before"] = format_jst(change.from);
    document["not_after"] = format_jst(change.not_after);
    document["certificate"] = to_hex_upper(change.certificate);
    return document;
  }
  document["from"] = format_jst(change.from);
  if (change.reason) document["reason"] = pki::name(*change.reason);
  if (change.invalidity_at) document["invalidity_at"] = format_jst(*change.invalidity_at);
  return document;
}

Document document_of(const Statement& statement) {
  Document changes = Document::array();
  for (const auto& change : statement.changes) changes.push_back(encode_change(change));
  return {{"at", format_jst(statement.at)},
          {"authority", statement.certificate.authority},
          {"changes", changes},
          {"good", statement.good()},
          {"known_now", encode_state(statement.now())},
          {"known_then", encode_state(statement.then())},
          {"produced_at", format_jst(statement.produced_at)},
          {"proof", Document::parse(journal::encode_receipt(statement.proof))},
          {"serial", statement.certificate.serial.hex()},
          {"shomei_status_at", kVersion}};
}

Result<InstantMs> take_recorded_at(json::Members& members) {
  SHOMEI_TRY(const auto text, members.text("recorded_at"));
  const auto wrong = bad(members.full("recorded_at") + " is not an instant to the millisecond");
  if (text.size() != kInstantMsLength || text[kSecondsLength] != '.') return wrong;
  int milliseconds = 0;
  for (const char digit : text.substr(kSecondsLength + 1, 3)) {
    if (digit < '0' || '9' < digit) return wrong;
    milliseconds = milliseconds * 10 + (digit - '0');
  }
  const auto seconds = parse_instant(text.substr(0, kSecondsLength) + text.substr(kSecondsLength + 4));
  if (!seconds) return wrong;
  return InstantMs(*seconds) + std::chrono::milliseconds(milliseconds);
}

Result<std::optional<pki::RevocationReason>> take_reason(json::Members& members) {
  SHOMEI_TRY(const auto text, members.text_if("reason"));
  if (!text) return std::optional<pki::RevocationReason>{};
  const auto reason = pki::parse_revocation_reason(*text);
  if (!reason) return bad(members.full("reason") + " is no reason of RFC 5280");
  return std::optional(*reason);
}

Result<void> take_issue(json::Members& members, Change& change) {
  SHOMEI_TRY(change.from, members.instant("not_before"));
  SHOMEI_TRY(change.not_after, members.instant("not_after"));
  SHOMEI_TRY(const auto text, members.text("certificate"));
  const auto digest = from_hex(text);
  if (!digest || digest->size() != change.certificate.size())
    return bad(members.full("certificate") + " is not a SHA-256 in hexadecimal");
  std::ranges::copy(*digest, change.certificate.begin());
  return {};
}

Result<Change> take_change(const Document& document, std::size_t number) {
  const auto path = "changes[" + std::to_string(number) + "]";
  if (!document.is_object()) return bad(path + " is not an object");
  json::Members members(document, path);
  Change change;
  const auto sequence = document.find("sequence");
  if (sequence == document.end() || !sequence->is_number_unsigned())
    return bad(path + ".sequence is not a number");
  change.sequence = sequence->get<std::uint64_t>();
  SHOMEI_TRY(change.recorded_at, take_recorded_at(members));
  SHOMEI_TRY(const auto text, members.text("change"));
  const auto event = parse_life_event(text);
  if (!event) return bad(path + ".change is none of a certificate's");
  change.event = *event;
  if (change.event == LifeEvent::issued) {
    SHOMEI_CHECK(take_issue(members, change));
    return change;
  }
  SHOMEI_TRY(change.from, members.instant("from"));
  SHOMEI_TRY(change.reason, take_reason(members));
  SHOMEI_TRY(change.invalidity_at, members.instant_if("invalidity_at"));
  return change;
}

Result<Statement> take_statement(const Document& document) {
  const auto version = document.find("shomei_status_at");
  if (version == document.end()) return bad("it has no member shomei_status_at");
  if (*version != kVersion) return bad("it is of another version than 1");
  json::Members members(document);
  Statement statement;
  SHOMEI_TRY(statement.certificate.authority, members.text("authority"));
  SHOMEI_TRY(const auto serial, members.text("serial"));
  SHOMEI_TRY(statement.certificate.serial, pki::SerialNumber::parse_hex(serial));
  SHOMEI_TRY(statement.at, members.instant("at"));
  SHOMEI_TRY(statement.produced_at, members.instant("produced_at"));
  SHOMEI_TRY(const auto* changes, members.array_if("changes", kChangesMax));
  if (!changes) return members.missing("changes");
  for (const auto& change : *changes) {
    SHOMEI_TRY(statement.changes.emplace_back(), take_change(change, statement.changes.size() - 1));
  }
  const auto proof = document.find("proof");
  if (proof == document.end()) return members.missing("proof");
  SHOMEI_TRY(statement.proof, journal::parse_receipt(proof->dump(), kChangesMax + 1));
  return statement;
}

Error as_statement_error(const Error& error) {
  if (error.code == "status_at_form") return error;
  const auto member = std::string(error.parameter("member"));
  if (!member.empty()) return bad("its member " + member + " is missing, unknown or not of its type");
  if (error.code == "serial_form") return bad("its serial number is none");
  const auto what = std::string(error.parameter("what"));
  if (error.code == "receipt_form") return bad("its proof is not of its form: " + what);
  return bad(what.empty() ? "it is not one JSON object, or too large" : what);
}

}  // namespace

std::string encode_statement(const Statement& statement) {
  return document_of(statement).dump();
}

Result<Statement> parse_statement(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto document = json::parse_object(text, kStatementBytesMax);
  if (!document) return as_statement_error(document.error());
  auto statement = take_statement(*document);
  if (!statement) return as_statement_error(statement.error());
  // What does not follow from the changes has no place to hide in: another answer, an escape, a member more.
  if (text != encode_statement(*statement))
    return bad(
        "its answer does not follow from its changes, or it is not written in the one form of a statement");
  return statement;
}

}  // namespace shomei::status
