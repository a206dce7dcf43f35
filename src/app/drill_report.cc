#include "app/drill_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/spread.h"
#include "base/version.h"

namespace shomei::app {
namespace {

using nlohmann::json;

// No checkpoint and no transcript begins like this, so that no signature is taken for one over another thing.
constexpr std::string_view kFirstLine = "shomei drill report v1";

double round3(double value) {
  return std::round(value * 1000) / 1000;
}
std::string number(double value) {
  return json(round3(value)).dump();
}

class Page {
 public:
  Page() { text_ = std::string(kFirstLine) + "\n"; }
  Page& line(std::string_view text) {
    for (const char c : text) text_ += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    text_ += "\n";
    return *this;
  }
  Page& value(std::string_view en, std::string_view ja, std::string_view value) {
    return line(std::string(en) + " / " + std::string(ja) + ": " + std::string(value));
  }
  Page& blank() {
    text_ += "\n";
    return *this;
  }
  DrillReport with(const json& document) && {
    DrillReport report{document.dump(-1, ' ', false, json::error_handler_t::replace), {}};
    blank().value("The same as JSON, SHA-256", "同じ内容のJSON(SHA-256)",
                  to_hex_upper(crypto::sha256(to_bytes(report.json + "\n"))));
    report.page = std::move(text_);
    return report;
  }

 private:
  std::string text_;
};

json lags_of(const std::vector<double>& sorted) {
  return {{"parts", sorted.size()},
          {"p50", round3(value_at(sorted, 0.5))},
          {"p99", round3(value_at(sorted, 0.99))},
          {"max", round3(sorted.empty() ? 0 : sorted.back())}};
}

json document_of(const RevocationDrill& drill, const RevocationDrilled& drilled, std::string_view origin) {
  json nodes = json::array(), lists = json::array();
  for (const auto& node : drilled.nodes)
    nodes.push_back({{"lag_ms", lags_of(node.lags_ms)}, {"last_is_revoked", node.last_is_revoked}});
  for (const auto& one : drilled.lists)
    lists.push_back({{"list", one.list.name}, {"number", one.list.number}, {"bytes", one.bytes}});
  return {{"drill", "revoke"},
          {"journal_origin", origin},
          {"software", kSoftware},
          {"issuer", drill.issuer},
          {"reason", rules::name(drill.reason)},
          {"begun_at", format_jst(drilled.begun)},
          {"ended_at", format_jst(drilled.ended)},
          {"asked", drill.count},
          {"revoked", drilled.report.standing.done},
          {"made_up", drilled.filled},
          {"by_municipality", drilled.report.by_municipality},
          {"seconds",
           {{"copying", round3(drilled.copying)},
            {"fixing", round3(drilled.fixing)},
            {"revoking", round3(drilled.revoking)},
            {"last_status_answer", round3(drilled.revoking + drilled.showing)},
            {"lists", round3(drilled.listing)}}},
          {"nodes", nodes},
          {"lists", lists},
          {"residents_to_notify", drilled.report.residents},
          {"counters",
           {{"offices", drilled.offices},
            {"at_each", drill.counters},
            {"minutes_each", drill.each.count()},
            {"hours_a_day", drill.hours_a_day},
            {"hours", round3(drilled.counter_hours)},
            {"days_until_the_last", round3(drilled.days_until_done)}}}};
}

std::uint64_t largest(const std::vector<DrilledList>& lists) {
  std::uint64_t bytes = 0;
  for (const auto& one : lists) bytes = std::max(bytes, one.bytes);
  return bytes;
}

}  // namespace

DrillReport report_of(const RevocationDrill& drill, const RevocationDrilled& drilled,
                      std::string_view origin) {
  double lag = 0;
  bool all = true;
  for (const auto& node : drilled.nodes) {
    lag = std::max(lag, node.lags_ms.empty() ? 0 : node.lags_ms.back());
    all = all && node.last_is_revoked;
  }
  Page page;
  page.value("Drill", "訓練", "revoke " + drill.issuer + ", " + std::string(rules::name(drill.reason)));
  page.value("Journal", "ジャーナル", origin).value("Begun", "開始", format_jst(drilled.begun));
  page.value("Ended", "終了", format_jst(drilled.ended)).blank();
  page.value("Certificates asked for", "指定した証明書", std::to_string(drill.count));
  page.value("Certificates revoked", "失効した証明書", std::to_string(drilled.report.standing.done));
  page.value("of them made up for the drill", "うち訓練用に作成", std::to_string(drilled.filled / 2));
  page.value("Seconds to find and fix them", "対象の確定(秒)", number(drilled.fixing));
  page.value("Seconds to revoke them all", "全件の失効(秒)", number(drilled.revoking));
  page.value("Seconds until the last status answer said so", "最後の有効性応答に反映されるまで(秒)",
             number(drilled.revoking + drilled.showing));
  page.value("Status nodes", "有効性確認ノード",
             std::to_string(drilled.nodes.size()) + (all ? "" : " - NOT ALL SHOW IT / 未反映のノードあり"));
  page.value("A node was behind by at most, milliseconds", "ノードの遅れの最大(ミリ秒)", number(lag));
  page.value("Seconds to sign the revocation lists", "失効リストの署名(秒)", number(drilled.listing));
  page.value("Lists, and the largest in bytes", "失効リスト数と最大のバイト数",
             std::to_string(drilled.lists.size()) + ", " + std::to_string(largest(drilled.lists)));
  page.blank();
  page.value("Residents to notify", "通知する住民", std::to_string(drilled.report.residents));
  page.value("Counter hours to re-issue", "再発行に要する窓口時間", number(drilled.counter_hours));
  page.value("Working days until the last municipality is done", "最後の市区町村が終わるまでの日数",
             number(drilled.days_until_done));
  for (const auto& [municipality, count] : drilled.report.by_municipality)
    page.line("  " + municipality + ": " + std::to_string(count));
  return std::move(page).with(document_of(drill, drilled, origin));
}

DrillReport report_of(const GenerationDrill& drill, const GenerationDrilled& drilled,
                      std::string_view origin) {
  Page page;
  json steps = json::array();
  page.value("Drill", "訓練",
             "generation " + drilled.old_name + " -> " + drilled.new_name + " -> " + drilled.old_name);
  page.value("Journal", "ジャーナル", origin).value("Begun", "開始", format_jst(drilled.begun));
  page.value("Ended", "終了", format_jst(drilled.ended)).blank();
  for (const auto& step : drilled.steps) {
    steps.push_back({{"step", step.what},
                     {"seconds", round3(step.seconds)},
                     {"holds", step.holds},
                     {"detail", step.detail}});
    page.line("  " + std::string(step.holds ? "ok     " : "FAILED ") + step.what + "  " +
              number(step.seconds) + " s" + (step.detail.empty() ? "" : "  " + step.detail));
  }
  const json document{{"drill", "generation"},
                      {"journal_origin", origin},
                      {"software", kSoftware},
                      {"old", drilled.old_name},
                      {"new", drilled.new_name},
                      {"issues", drill.issues},
                      {"begun_at", format_jst(drilled.begun)},
                      {"ended_at", format_jst(drilled.ended)},
                      {"holds", drilled.holds()},
                      {"steps", steps}};
  return std::move(page).with(document);
}

}  // namespace shomei::app
