#include "services/freshness_service.h"

#include <nlohmann/json.hpp>

#include "base/calendar.h"

namespace shomei::services {
namespace {

using nlohmann::ordered_json;
using status::Durations;
using std::chrono::milliseconds;

// Upper ends of the buckets, in seconds, as people watch them.
constexpr std::array kBuckets{milliseconds{5},     milliseconds{10},    milliseconds{25},
                              milliseconds{50},    milliseconds{100},   milliseconds{200},
                              milliseconds{500},   milliseconds{1'000}, milliseconds{2'000},
                              milliseconds{5'000}, milliseconds{60'000}};

ordered_json json_of(const Durations& durations) {
  return {{"count", durations.count()},
          {"p50_ms", durations.quantile(0.5).count()},
          {"p99_ms", durations.quantile(0.99).count()},
          {"max_ms", durations.max().count()}};
}

double seconds(milliseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

// How long ago the journal was last heard; none before the first time.
std::optional<milliseconds> silence(const FreshnessParts& parts) {
  const InstantMs heard = parts.follower.heard_at();
  if (heard == InstantMs{}) return std::nullopt;
  return std::max(milliseconds{0}, parts.clock.now_ms() - heard);
}

std::uint64_t lag(const FreshnessParts& parts) {
  const std::uint64_t next = parts.follower.next(), head = parts.follower.head();
  return head > next ? head - next : 0;
}

void help(std::string& text, const std::string& name, std::string_view what, std::string_view type) {
  text += "# HELP " + name + " " + std::string(what) + "\n# TYPE " + name + " " + std::string(type) + "\n";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

void one(std::string& text, const std::string& name, std::string_view what, std::string_view type,
         double value) {
  help(text, name, what, type);
  text += name + " " + number(value) + "\n";
}

void histogram(std::string& text, const std::string& name, std::string_view what,
               const Durations& durations) {
  help(text, name, what, "histogram");
  for (const auto end : kBuckets)
    text +=
        name + "_bucket{le=\"" + number(seconds(end)) + "\"} " + std::to_string(durations.within(end)) + "\n";
  text += name + "_bucket{le=\"+Inf\"} " + std::to_string(durations.count()) + "\n" + name + "_sum " +
          number(seconds(durations.sum())) + "\n" + name + "_count " + std::to_string(durations.count()) +
          "\n";
  for (const auto& [label, share] : {std::pair{"p50", 0.5}, {"p99", 0.99}})
    one(text, name + "_" + label, std::string("The ") + label + " of it since the start.", "gauge",
        seconds(durations.quantile(share)));
}

}  // namespace

void add_freshness_route(http::Router& router, FreshnessParts parts) {
  router.add("GET", "/freshness", [parts](const http::Request&) {
    const auto report = parts.freshness.report();
    const auto silent = silence(parts);
    const auto distrusted = parts.list.distrusted();
    ordered_json json{{"revocation_shown", json_of(report.shown)},
                      {"revocation_answered", json_of(report.answered)},
                      {"revocations_unanswered", report.unanswered},
                      {"entries_applied", parts.follower.next()},
                      {"entries_behind", lag(parts)},
                      {"certificates", parts.list.size()},
                      {"silent_ms", silent ? ordered_json(silent->count()) : ordered_json()},
                      {"probes", report.probes},
                      {"probes_failed", report.probes_failed},
                      {"trusted", !distrusted}};
    if (distrusted) json["distrusted_because"] = std::string(distrusted->code);
    auto response = http::answer(200, "application/json", to_bytes(json.dump() + "\n"));
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
  });
}

std::string freshness_metrics(const FreshnessParts& parts) {
  const auto report = parts.freshness.report();
  const auto silent = silence(parts);
  std::string text;
  histogram(text, "shomei_revocation_shown_seconds",
            "From the recording of a revocation until every answer shows it.", report.shown);
  histogram(text, "shomei_revocation_answered_seconds",
            "From the recording of a revocation until an answer that shows it came through the front door.",
            report.answered);
  one(text, "shomei_revocations_unanswered_total", "Revocations that the probe asked for in vain.", "counter",
      static_cast<double>(report.unanswered));
  one(text, "shomei_probes_total", "Questions of the built-in probe.", "counter",
      static_cast<double>(report.probes));
  one(text, "shomei_probes_failed_total", "Of them, those without an answer.", "counter",
      static_cast<double>(report.probes_failed));
  one(text, "shomei_journal_entries", "Journal entries that the status list has applied.", "gauge",
      static_cast<double>(parts.follower.next()));
  one(text, "shomei_journal_entries_behind", "Journal entries that it has not applied yet.", "gauge",
      static_cast<double>(lag(parts)));
  one(text, "shomei_journal_silence_seconds", "Since the journal was last heard; -1: never.", "gauge",
      silent ? seconds(*silent) : -1);
  help(text, "shomei_journal_trusted",
       "1; 0 once the journal was not what its key has signed: nothing is answered then.", "gauge");
  const auto distrusted = parts.list.distrusted();
  text += distrusted ? "shomei_journal_trusted{failed=\"" + std::string(distrusted->code) + "\"} 0\n"
                     : std::string("shomei_journal_trusted 1\n");
  one(text, "shomei_certificates", "Certificates that the status list knows.", "gauge",
      static_cast<double>(parts.list.size()));
  one(text, "shomei_status_list_bytes", "What their states take in memory.", "gauge",
      static_cast<double>(parts.list.bytes()));
  return text;
}

}  // namespace shomei::services
