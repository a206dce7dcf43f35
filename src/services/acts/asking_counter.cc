#include "services/acts/asking_counter.h"

#include "services/problem.h"

namespace shomei::services {
namespace {

constexpr std::string_view kJson = "application/json";

}  // namespace

std::string known_as(const http::Request& request) {
  if (!request.peer) return {};
  if (const auto& certificate = request.peer->certificate) return certificate->subject;
  if (const auto& process = request.peer->process) return "uid " + std::to_string(process->user);
  return {};
}

void vouch(counter::Officer& officer, const http::Request& request) {
  officer.via = known_as(request);
  if (request.peer && request.peer->certificate) officer.credential = request.peer->certificate->sha256;
}

bool is_json(const http::Request& request) {
  return http::same_name(request.media_type(), kJson);
}

std::string_view body_of(const http::Request& request) {
  return {reinterpret_cast<const char*>(request.body.data()), request.body.size()};
}

http::Response failed(const Error& error, const http::Request& request, const Log& log) {
  if (error.fault == Fault::internal && log) log("an act failed: " + std::string(error.code));
  return problem_of_act(error, language_of(request));
}

http::Response answered(std::string_view document) {
  auto response = http::answer(200, kJson, to_bytes(document));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace shomei::services
