#include "services/problem.h"

#include <nlohmann/json.hpp>

namespace shomei::services {
namespace {

constexpr std::string_view kMediaType = "application/problem+json";

http::Response document(int status, const Error& error, texts::Language language) {
  nlohmann::ordered_json members = {{"type", "about:blank"},
                                    {"title", http::reason(status)},
                                    {"status", status},
                                    {"code", error.code},
                                    {"detail", texts::says(error, language)}};
  if (!error.rule.empty()) members["rule"] = error.rule;
  // Parameters may quote foreign bytes: what is not UTF-8 is replaced, not thrown.
  const std::string text = members.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  auto response = http::answer(status, kMediaType, to_bytes(std::string_view(text)));
  response.headers.push_back({"Content-Language", language == texts::Language::ja ? "ja" : "en"});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Error protocol_error(int status) {
  switch (status) {
    case 400:
      return malformed("request_form");
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
