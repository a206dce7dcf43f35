#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"card_validity_under_20", "The card's own last day, before 2022-04-01",
     "カードの有効期限(2022年3月31日まで)",
     "A new card holds until the tenth birthday after the application, for persons under 20 until the fifth, "
     "and of foreign residents no longer than the stay. This is not the last day of the certificates.",
     "新しいカードは、申請の日から10回目の誕生日まで有効です。20歳未満の方は5回目の誕生日まで、在留期間のある"
     "方は在留期間の満了日までとします。電子証明書の有効期限ではありません。"},
    {"card_validity_under_18", "The card's own last day", "カードの有効期限",
     "A new card holds until the tenth birthday after the application, for persons under 18 until the fifth, "
     "and of foreign residents no longer than the stay. This is not the last day of the certificates.",
     "新しいカードは、申請の日から10回目の誕生日まで有効です。18歳未満の方は5回目の誕生日まで、在留期間のある"
     "方は在留期間の満了日までとします。電子証明書の有効期限ではありません。"},
};

}  // namespace

std::span<const RuleTitle> of_card() {
  return kTitles;
}

}  // namespace shomei::explain
