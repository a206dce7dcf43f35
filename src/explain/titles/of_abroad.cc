#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"card_lapses_abroad", "Before 2024-05-27 a card lapsed abroad",
     "国外転出によるカードの失効(2024年5月26日まで)",
     "Until use abroad began, the card lapsed on the day of the move abroad, whatever had been asked for.",
     "国外での利用が始まる前は、国外転出の日にカードは失効しました。継続利用の希望があっても同じです。"},
    {"continued_use_abroad", "Japanese nationals use the card abroad", "国外での継続利用",
     "Japanese nationals who asked for continued use before they left go on using card and certificates "
     "abroad. Without that, and for everyone else, both lapse on the day of departure.",
     "日本国民は、転出の前に継続利用の手続をすれば、国外でもカードと電子証明書を利用できます。手続をしなかっ"
     "た方と日本国民でない方のカードと電子証明書は、転出の日に失効します。"},
    {"new_card_abroad", "A new card from abroad", "国外からの新しいカードの申請",
     "Japanese nationals who left Japan on or after 2015-10-05 may apply for a card from abroad.",
     "2015年10月5日以降に国外へ転出した日本国民は、国外からカードを申請できます。"},
    {"overseas_address", "The address of someone who moves abroad", "国外転出者の住所の記録",
     "The signature certificate of a Japanese national who moves abroad and goes on using the card shows the "
     "planned day of the move in the place of the address. The wording is a setting.",
     "継続利用の手続をした日本国民の署名用電子証明書には、住所として国外転出の予定日を記録します。記録する文"
     "言は設定で定めます。"},
};

}  // namespace

std::span<const RuleTitle> of_abroad() {
  return kTitles;
}

}  // namespace shomei::explain
