#include "services/problem.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "json/parse_object.h"

namespace shomei::services {
namespace {

constexpr std::string_view kMediaType = "application/problem+json";

using nlohmann::ordered_json;

constexpr std::size_t kProblemBytesMax = 64 * 1024;
constexpr std::size_t kRulesMax = 1000;  // citations that peers have sent

http::Response document(int status, const Error& error, texts::Language language,
                        const ordered_json& more = ordered_json::object()) {
  ordered_json members = {{"type", "about:blank"},
                          {"title", http::reason(status)},
                          {"status", status},
                          {"code", error.code},
                          {"detail", texts::says(error, language)}};
  if (!error.rule.empty()) members["rule"] = error.rule;
  members.update(more);
  // Parameters may quote foreign bytes: what is not UTF-8 is replaced, not thrown.
  const std::string text = members.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  auto response = http::answer(status, kMediaType, to_bytes(std::string_view(text)));
  response.headers.push_back({"Content-Language", language == texts::Language::ja ? "ja" : "en"});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

// An Error's code and rule have static storage. Codes are found among our own sentences; citations are kept
// for good, up to a number that no honest peer comes near.
std::string_view kept_code(std::string_view code) {
  for (const auto sentences : texts::all_sentences())
    for (const auto& sentence : sentences)
      if (sentence.code == code) return sentence.code;
  return {};
}

std::string_view kept_rule(const std::string& rule) {
  static std::mutex mutex;
  static std::set<std::string> kept;
  const std::lock_guard lock(mutex);
  if (const auto found = kept.find(rule); found != kept.end()) return *found;
  return kept.size() < kRulesMax ? std::string_view(*kept.insert(rule).first) : std::string_view();
}

std::optional<Fault> parse_fault(std::string_view text) {
  for (const auto fault : {Fault::malformed, Fault::refused, Fault::not_found, Fault::conflict,
                           Fault::unavailable, Fault::internal})
    if (name(fault) == text) return fault;
  return std::nullopt;
}

std::string text_of(const nlohmann::json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Error protocol_error(int status) {
  switch (status) {
    case 400:
      return malformed("request_form");
    case 401:
      return refused("verifier_unregistered");
    case 404:
      return not_found("path_unknown");
    case 405:
      return refused("method_unsupported");
    case 408:
      return unavailable("request_slow");
    case 413:
      return malformed("body_too_large");
    case 415:
      return malformed("media_type_unknown");
    case 429:
      return refused("asked_too_often");
    case 431:
      return malformed("header_too_large");
    case 501:
      return malformed("transfer_coding_unknown");
    case 503:
      return unavailable("server_busy");
    case 505:
      return malformed("http_version_unknown");
    default:
      return internal("internal_fault");
  }
}

}  // namespace

int status_of(Fault fault) {
  switch (fault) {
    case Fault::malformed:
      return 400;
    case Fault::refused:
      return 403;
    case Fault::not_found:
      return 404;
    case Fault::conflict:
      return 409;
    case Fault::unavailable:
      return 503;
    case Fault::internal:
      break;
  }
  return 500;
}

http::Response problem(const Error& error, texts::Language language) {
  if (error.fault == Fault::internal) return document(500, internal("internal_fault"), language);
  return document(status_of(error.fault), error, language);
}

http::Response problem_of_act(const Error& error, texts::Language language) {
  const Error shown = error.fault == Fault::internal ? internal("internal_fault") : error;
  ordered_json parameters = ordered_json::object();
  for (const auto& [parameter, value] : shown.parameters) parameters[parameter] = value;
  return document(status_of(shown.fault), shown, language,
                  {{"fault", name(shown.fault)}, {"parameters", parameters}});
}

Error parse_problem(std::string_view text) {
  const auto object = json::parse_object(text, kProblemBytesMax);
  if (!object) return unavailable("peer_failed", {{"detail", std::string(object.error().code)}});
  const auto code = kept_code(text_of(*object, "code"));
  const auto fault = parse_fault(text_of(*object, "fault"));
  if (code.empty() || !fault) return unavailable("peer_failed", {{"detail", text_of(*object, "detail")}});
  Error error{*fault, code, kept_rule(text_of(*object, "rule")), {}};
  const auto parameters = object->find("parameters");
  if (parameters == object->end() || !parameters->is_object()) return error;
  for (const auto& [parameter, value] : parameters->items())
    if (value.is_string()) error.parameters.push_back({parameter, value.get<std::string>()});
  return error;
}

http::Response problem_page(int status) {
  return document(status, protocol_error(status), texts::Language::en);
}

texts::Language language_of(const http::Request& request) {
  const std::string* accepted = request.header("Accept-Language");
  std::string_view rest = accepted ? std::string_view(*accepted) : std::string_view();
  while (!rest.empty()) {
    const auto range = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), range.size() + 1));
    const auto start = range.find_first_not_of(" \t");
    if (start == std::string_view::npos) continue;
    const auto primary = range.substr(start, 2);
    if (http::same_name(primary, "ja")) return texts::Language::ja;
    if (http::same_name(primary, "en")) return texts::Language::en;
  }
  return texts::Language::en;
}

}  // namespace shomei::services
