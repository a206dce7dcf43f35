#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"no_fee", "Certificates and PINs are free", "電子証明書と暗証番号の手続は無料",
     "Issue, renewal, revocation, suspension, the acts on PINs, notices and events cost nothing.",
     "発行、更新、失効、一時保留、暗証番号の手続、通知、届出に手数料はかかりません。"},
    {"card_reissue_fee", "A new card at the holder's own cost", "本人の責めによる再交付の手数料",
     "A new card after loss, theft or damage, or by wish, costs 800 yen, and 200 yen once if the card held "
     "any certificate.",
     "紛失、盗難、破損、本人の希望などによる再交付の手数料は、カード800円です。電子証明書が搭載されている場合"
     "は、種類の数にかかわらず200円を加えます。"},
    {"express_fee", "Express issue", "特急発行の手数料",
     "Express issue costs 1,800 yen for the card, and 200 yen once if the card held any certificate: about "
     "2,000 yen in all.",
     "特急発行の手数料は、カード1,800円です。電子証明書が搭載されている場合は200円を加え、合わせておよそ2,"
     "000円です。"},
    {"waived_fee", "Nothing after a disaster or for a fault of others", "手数料の免除",
     "A new card is free after fire or disaster, for a defect of the card, and for a fault of the office or "
     "the authority.",
     "火災・災害、カードの不良、役所または認証局の責めによる再交付は無料です。"},
    {"new_card_after_departure_fee", "A new card after leaving without continued use",
     "国外転出後の新しいカードの手数料",
     "Who left Japan without continued use gets a new card free up to the 90th day after the move-out, and "
     "for 1,000 yen from day 91.",
     "継続利用の手続をせずに国外へ転出した方の新しいカードは、転出の日の90日後まで無料、91日目からは1,"
     "000円です。"},
    {"card_renewal_fee", "The renewal of a card", "カードの更新",
     "A card that has run out, or is within three months of its last day, is renewed free. One that is in "
     "force for longer is replaced for a ground alone.",
     "有効期限が切れたカードと、有効期限まで3か月以内のカードの更新は無料です。それより前は、再交付の理由がな"
     "ければ申請できません。"},
};

}  // namespace

std::span<const RuleTitle> of_fees() {
  return kTitles;
}

}  // namespace shomei::explain
