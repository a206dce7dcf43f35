#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"attribute_change", "A change of what the certificate says", "氏名・住所等の変更",
     "A change of name, address, gender or date of birth ends the signature certificate, which carries them. "
     "The user authentication certificate, which does not, stays.",
     "氏名、住所、性別、生年月日の変更により、これらを記録する署名用電子証明書は失効します。記録のない利用者"
     "証明用電子証明書は失効しません。"},
    {"move_out", "A move to another municipality", "転出届",
     "A move-out notification ends the signature certificate on the day of the move; a day that has passed "
     "means now. It is issued anew at the new municipality. User authentication stays.",
     "転出届により、署名用電子証明書は転出の日に失効します。その日が過ぎているときは直ちに失効します。転入先"
     "の市区町村で新しく発行を受けます。利用者証明用電子証明書は失効しません。"},
    {"departure", "A move abroad, before 2024-05-27", "国外転出(2024年5月26日まで)",
     "Before use abroad began, a move abroad ended both certificates on the day of departure.",
     "国外での利用が始まる前は、国外転出の日に両方の電子証明書が失効しました。"},
    {"departure_without_continued_use", "A move abroad without continued use", "継続利用のない国外転出",
     "A move abroad without continued use ends both certificates on the day of departure: where it was not "
     "asked for, where it was asked for later than the day before the departure, and for those who are not "
     "Japanese nationals. The reason is a setting.",
     "継続利用のない国外転出により、転出の日に両方の電子証明書が失効します。手続をしなかった場合、転出の前日"
     "までに手続をしなかった場合、日本国民でない場合です。失効理由は設定で定めます。"},
    {"departure_with_continued_use", "A move abroad with continued use", "継続利用を伴う国外転出",
     "A move abroad of a Japanese national who asked for continued use by the day before ends the signature "
     "certificate on the day of departure. User authentication goes on.",
     "転出の前日までに継続利用の手続をした日本国民の国外転出では、署名用電子証明書が転出の日に失効します。利"
     "用者証明用電子証明書は継続します。"},
    {"death", "Death", "死亡",
     "Both certificates end with their holder. The reason on the revocation list is UNCONFIRMED and a "
     "setting.",
     "本人の死亡により、両方の電子証明書が失効します。失効リストの理由は未確認のため、設定で定めます。"},
    {"lost_status", "Loss of the right to be in the register", "住民でなくなったとき",
     "Both certificates end when a person loses the right to be in the register of residents, on the day on "
     "which "
     "the record is closed. The reason on the revocation list is UNCONFIRMED and a setting.",
     "在留資格を失うなどして住民基本台帳に記録される資格がなくなると、住民票が消除された日に両方の電子証明書"
     "が"
     "失効します。失効リストの理由は未確認のため、設定で定めます。"},
    {"card_returned", "The card is given back", "カードの返納",
     "Both certificates end when the card is given back. The reason on the revocation list is UNCONFIRMED "
     "and a setting.",
     "カードの返納により、両方の電子証明書が失効します。失効リストの理由は未確認のため、設定で定めます。"},
    {"something_to_end", "A revocation is about certificates in force", "失効の対象",
     "Where no certificate is in force there is nothing to revoke: the act is not applicable.",
     "有効な電子証明書がなければ、失効の対象がありません(該当なし)。"},
    {"holders_wish", "The holder's wish", "本人の希望による失効",
     "The holder, or the legal representative, may give a certificate up without a reason. It stands on the "
     "revocation list as no longer needed.",
     "本人または法定代理人は、理由を問わず電子証明書を失効させることができます。失効リストには利用の終了とし"
     "て載ります。"},
    {"key_doubt", "Loss, theft or a leak", "紛失・盗難・漏えいによる失効",
     "After loss, theft or a leak a certificate is suspended first and revoked then, because its key may be "
     "in other hands. The reason on the revocation list is a setting.",
     "紛失、盗難、漏えいの場合は、まず一時保留し、その後に失効させます。鍵が他人の手に渡ったおそれがあるため"
     "です。失効リストの理由は設定で定めます。"},
    {"recording_error", "An error of the record", "記録の誤りによる職権失効",
     "When an error of the record is found the office revokes of its own accord. The reason on the "
     "revocation list is UNCONFIRMED and a setting.",
     "記録の誤りが判明したときは、職権で失効させます。失効リストの理由は未確認のため、設定で定めます。"},
    {"authority_compromise", "The authority's key", "認証局の鍵の危殆化",
     "When the authority's key is not the authority's alone any more, the certificates that it signed are "
     "revoked.",
     "認証局の鍵が危殆化したときは、その鍵で発行した電子証明書を失効させます。"},
    {"superseded_with_card", "Replaced with the card", "カードの交換に伴う失効",
     "What was on a card that is damaged, defective, lost in a disaster or replaced is revoked as superseded "
     "by what is on the next.",
     "破損、災害、不良、再発行、特急発行によりカードを替えるとき、元の電子証明書は、新しいものに替わったこと"
     "を理由に失効します。"},
    {"officers_reason", "A reason that an officer states", "職員が示す失効理由",
     "An officer may state the reason of a revocation; it then takes the place of the one that follows from "
     "the ground. A hold is no revocation: it is refused, and the certificate is suspended instead.",
     "職員は失効の理由を示すことができ、そのときは手続の事由から定まる理由に代わります。一時保留は失効ではな"
     "いため理由にできません。一時保留の手続をします。"},
    {"recording_error_notice", "The holder is told of an error", "職権失効の通知",
     "The holder is told, on the same day, of a revocation for an error of the record.",
     "記録の誤りにより職権で失効させたときは、その日に本人へ通知します。"},
    {"card_replaced", "A new card takes the old one's place", "カードの再交付に伴う失効",
     "The certificates of the old card end when a new card takes its place: for the doubt about the key "
     "after loss, theft or a leak, else as superseded.",
     "新しいカードに替わると、古いカードの電子証明書は失効します。紛失、盗難、漏えいの場合は鍵への疑い、それ"
     "以外は新しいものに替わったことを理由とします。"},
};

}  // namespace

std::span<const RuleTitle> of_ends() {
  return kTitles;
}

}  // namespace shomei::explain
