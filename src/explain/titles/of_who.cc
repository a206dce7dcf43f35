#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"resident_in_register", "The person lives, and is in the register or abroad", "生存と住民登録",
     "Certificates are for persons who live and are in the register of residents. Who has moved abroad is "
     "not in it any more; the rules on moving abroad then say what is possible.",
     "電子証明書は、ご存命で住民基本台帳に記録されている方のものです。国外へ転出した方は台帳に記録がありませ"
     "んが、可能な手続は国外転出の規則で判断します。"},
    {"card_in_force", "A valid My Number card is needed", "有効なマイナンバーカード",
     "For issue, renewal and the acts on PINs the card has to be valid: not past its last day, and not "
     "suspended, lost, given back or expired.",
     "発行、更新、暗証番号の手続には有効なカードが必要です。有効期限が切れたカード、一時停止・紛失・返納・失"
     "効の状態のカードでは手続できません。"},
    {"face_authentication_not_yet", "No face-authentication card before 2023-12-15",
     "顔認証マイナンバーカードの開始前",
     "Face-authentication cards were introduced on 2023-12-15. Before that day nothing could be done with "
     "one, and none could be applied for.",
     "顔認証マイナンバーカードは2023年12月15日に始まりました。それより前の日には、申請も手続もできません。"},
    {"face_authentication_card", "What a face-authentication card holds",
     "顔認証マイナンバーカードの電子証明書",
     "A face-authentication card has no PINs. It always holds a user authentication certificate, and never a "
     "signature certificate.",
     "顔認証マイナンバーカードには暗証番号がありません。利用者証明用電子証明書は必ず搭載し、署名用電子証明書"
     "は搭載できません。"},
    {"face_authentication_no_pin", "A face-authentication card has no PIN to set",
     "顔認証マイナンバーカードの暗証番号",
     "There is no PIN on a face-authentication card that could be changed, reset or unlocked.",
     "顔認証マイナンバーカードには暗証番号がないため、変更・初期化・ロック解除はできません。"},
    {"face_authentication_mandatory", "A face-authentication card keeps its certificate",
     "顔認証マイナンバーカードの電子証明書の失効制限",
     "User authentication is mandatory on a face-authentication card. The holder cannot give the certificate "
     "up by wish and keep the card; a revocation for another ground, such as theft, is not touched.",
     "顔認証マイナンバーカードには利用者証明用電子証明書が必須です。カードを使い続けたまま、本人の希望で失効"
     "させることはできません。盗難など別の理由による失効は妨げません。"},
    {"signature_age", "Signature certificates from the age of 15", "署名用電子証明書の年齢要件",
     "In principle no signature certificate is issued to persons under 15. A person is 15 from 00:00 in "
     "Japan of the fifteenth birthday; who was born on 29 February, from 1 March in a common year. An "
     "exception needs a recorded ground and a second officer who agrees.",
     "15歳未満の方には、原則として署名用電子証明書を発行しません。15回目の誕生日の午前0時(日本時間)"
     "から15歳とし、2月29日生まれの方は平年では3月1日から15歳とします。例外には、理由の記録と別の職員の承認が"
     "必要です。"},
    {"signature_adult_ward", "No signature certificate for adult wards", "成年被後見人と署名用電子証明書",
     "In principle no signature certificate is issued to adult wards. An exception needs a recorded ground "
     "and a second officer who agrees.",
     "成年被後見人の方には、原則として署名用電子証明書を発行しません。例外には、理由の記録と別の職員の承認が"
     "必要です。"},
    {"one_certificate_of_a_kind", "One certificate of a kind on a card", "同じ種類の電子証明書は1枚に1つ",
     "A card holds one certificate of each kind. Another is issued only where the old one ends in the same "
     "act: for the ground `reissue` (a doubt about PIN or key, or a longer period of stay), and for the "
     "signature certificate that a Japanese national gets before a departure with continued use. Otherwise a "
     "certificate that is held is renewed, once its window is open.",
     "1枚のカードに搭載できる電子証明書は種類ごとに1つです。新たに発行できるのは、今の電子証明書が同時に失効"
     "する場合、すなわち理由が再発行(暗証番号や鍵への疑い、在留期間の延長)"
     "であるとき、または継続利用の手続をした日本国民が国外転出の前に署名用電子証明書の発行を受けるときに限り"
     "ます。それ以外は、更新期間に入ってから更新します。"},
    {"representative_needed", "When the legal representative applies", "法定代理人による申請",
     "For persons under 15 and for adult wards the legal representative applies. From 15 on a person who is "
     "no ward acts alone. Revocations that the office makes of its own accord need no applicant.",
     "15歳未満の方と成年被後見人の申請は、法定代理人が行います。15歳以上で成年被後見人でない方は、ご自身で申"
     "請できます。職権による失効には申請者を要しません。"},
    {"proof_of_self", "How the person proves who applies", "本人が申請するときの本人確認",
     "The PIN of the own valid card is proof enough for issue, renewal, revocation and a change of PIN; for "
     "a revocation on a card that is no longer valid too. For a reset, an unlocking and a restoration, and "
     "without the PIN, one document of list A or two of list B are shown. Nobody sees documents online: a "
     "revocation there takes the holder's PIN, and nobody acts for another. At a kiosk the rules on kiosks "
     "say what is needed, and a face-authentication card has no PIN that could count.",
     "発行、更新、失効、暗証番号の変更は、有効な本人のカードの暗証番号で本人確認ができます("
     "失効については、カードが有効でなくてもかまいません)"
     "。初期化、ロック解除、一時保留の解除のとき、または暗証番号によらないときは、A書類1点またはB書類2点を示"
     "します。オンラインでの失効は本人の暗証番号に限り、代理人にはできません。コンビニ等では別の規則により、"
     "顔認証マイナンバーカードには使える暗証番号がありません。"},
    {"proof_of_representative", "What a legal representative shows", "法定代理人の確認書類",
     "A legal representative shows one document of list A for each of the two persons, and for an adult ward "
     "also the guardianship certificate.",
     "法定代理人は、本人と代理人それぞれのA書類を1点ずつ示します。成年被後見人の場合は、成年後見の登記事項証"
     "明書も示します。"},
    {"proof_of_agent", "What an agent shows", "任意代理人の確認書類",
     "An agent whom the person sends shows who he or she is, and brings either the sealed answer sheet that "
     "came with the notice of expiry (one visit), or the letter of inquiry that the office sent to the "
     "person after a first visit (two visits).",
     "任意代理人は、代理人自身の本人確認書類のほか、有効期限通知書に同封の照会書兼回答書に本人が記入し封をし"
     "たもの(1回の来庁)か、最初の来庁後に本人あてに送付した照会書への回答(2回の来庁)を示します。"},
};

}  // namespace

std::span<const RuleTitle> of_who() {
  return kTitles;
}

}  // namespace shomei::explain
