#include "explain/rule_titles.h"

#include <algorithm>
#include <array>

#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr ChapterTitle kChapters[] = {
    {"facts", "What the facts have to be", "事実の確認"},
    {"who", "Who may have what, and who may apply", "発行の対象と申請者"},
    {"abroad", "Moving abroad", "国外転出"},
    {"offices", "Where it is done", "手続の窓口"},
    {"pins", "PINs", "暗証番号"},
    {"suspension", "Suspension", "一時保留"},
    {"renewal", "Renewal and the notice of expiry", "更新と有効期限の通知"},
    {"until", "Until when a certificate holds", "電子証明書の有効期限"},
    {"ends", "What ends a certificate", "電子証明書の失効"},
    {"fees", "Fees", "手数料"},
    {"card", "The card itself", "カードの有効期限"},
};

const std::array<std::span<const RuleTitle>, 11>& tables() {
  static const std::array<std::span<const RuleTitle>, 11> all{
      of_facts(),   of_who(),   of_abroad(), of_offices(), of_pins(), of_suspension(),
      of_renewal(), of_until(), of_ends(),   of_fees(),    of_card()};
  return all;
}

}  // namespace

const RuleTitle* find_title(std::string_view rule_id) {
  for (const auto& table : tables())
    for (const auto& title : table)
      if (title.id == rule_id) return &title;
  return nullptr;
}

const ChapterTitle* find_chapter(std::string_view chapter) {
  const auto* found = std::ranges::find(kChapters, chapter, &ChapterTitle::chapter);
  return found == std::end(kChapters) ? nullptr : found;
}

std::vector<RuleTitle> rule_titles() {
  std::vector<RuleTitle> all;
  for (const auto& table : tables()) all.insert(all.end(), table.begin(), table.end());
  return all;
}

std::span<const ChapterTitle> chapter_titles() {
  return kChapters;
}

}  // namespace shomei::explain
