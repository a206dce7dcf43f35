#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"no_cards_yet", "Nothing before the first cards", "最初のカードの交付より前の日",
     "My Number cards with certificates have been issued since January 2016. For an earlier day there is "
     "nothing to decide, and every act is refused.",
     "電子証明書を搭載したマイナンバーカードの交付は2016年1月に始まりました。それより前の日については判断の対"
     "象がないため、どの手続もできません。"},
    {"facts_agree", "The facts have to agree", "事実の整合",
     "Facts that cannot all be true are no ground for a decision. It is refused when the moment of the act "
     "is on another day than the one asked about; when the person was born or died after that day, or died "
     "or left the register before birth; when a period of stay is stated for someone whose status has none; "
     "and when two certificates of one kind are in force on one card. The refusal names the two facts that "
     "disagree.",
     "同時に成り立たない事実からは判断できません。手続の時刻が対象の日と異なる場合、出生日や死亡日が対象の日"
     "より後の場合、死亡や住民票の消除が出生より前の場合、在留期間のない方に在留期間がある場合、1枚のカードに"
     "同じ種類の有効な電子証明書が2つある場合は、矛盾する2つの事実を示して手続をお断りします。"},
    {"event_named", "An event has to be named", "届出・異動の種類",
     "What follows from an event in the register or of the card can be said only when the event is named.",
     "住民票の異動やカードに関する届出の効果は、その種類が示されたときに限り判断できます。"},
};

}  // namespace

std::span<const RuleTitle> of_facts() {
  return kTitles;
}

}  // namespace shomei::explain
