#include "services/journal_service.h"

#include "journal/published/publish.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

constexpr std::string_view kPrefix = "/tile/";
constexpr std::string_view kForever = "public, max-age=31536000, immutable";

Result<std::string> latest(journal::Engine& engine) {
  SHOMEI_TRY(const auto rows, engine.begin(journal::Access::read));
  SHOMEI_TRY(auto note, rows->latest_checkpoint());
  if (!note) return not_found("checkpoint_none_yet");
  return *std::move(note);
}

http::Response checkpoint(journal::Engine& engine, const http::Request& request) {
  const auto note = latest(engine);
  if (!note) return problem(note.error(), language_of(request));
  auto response = http::answer(200, "text/plain; charset=utf-8", to_bytes(*note));
  response.headers.push_back({"Cache-Control", "no-cache"});
  return response;
}

Result<Bytes> read_tile(journal::Engine& engine, std::string_view name) {
  SHOMEI_TRY(const auto path, journal::parse_tile_path(name));
  SHOMEI_TRY(const auto rows, engine.begin(journal::Access::read));
  SHOMEI_TRY(const auto size, rows->journal_size());
  return journal::published_tile(*rows, size, path);
}

http::Response tile(journal::Engine& engine, const http::Request& request) {
  auto content = read_tile(engine, std::string_view(request.path).substr(1));
  if (!content) return problem(content.error(), language_of(request));
  auto response = http::answer(200, "application/octet-stream", *std::move(content));
  // A partial tile too: its width is in its name.
  response.headers.push_back({"Cache-Control", std::string(kForever)});
  return response;
}

}  // namespace

void add_journal_routes(http::Router& router, journal::Engine& engine) {
  router.add("GET", "/checkpoint",
             [&engine](const http::Request& request) { return checkpoint(engine, request); });
  router.add_prefix("GET", std::string(kPrefix), [&engine](const http::Request& request, std::string_view) {
    return tile(engine, request);
  });
}

}  // namespace shomei::services
