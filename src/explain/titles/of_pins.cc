#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"pin_form", "What PINs look like", "暗証番号の形式と回数",
     "The signature password has 6 to 16 of the letters A to Z and the digits, at least one of each; five "
     "wrong tries block it. The user authentication PIN has four digits; three wrong tries block it.",
     "署名用電子証明書の暗証番号は、英大文字と数字をそれぞれ1字以上含む6〜16文字で、5回続けて間違えるとロック"
     "されます。利用者証明用電子証明書の暗証番号は数字4桁で、3回続けて間違えるとロックされます。"},
    {"register_pin_at_counter", "The other PINs of the card, at a counter alone",
     "住民基本台帳用・券面事項入力補助用の暗証番号",
     "The PINs of the resident register and of the input helper are set at a counter, neither at a kiosk nor "
     "online.",
     "住民基本台帳用と券面事項入力補助用の暗証番号の手続は窓口に限ります。コンビニ等の端末とオンラインではで"
     "きません。"},
    {"kiosk_chain", "Which shops reset which PIN", "コンビニ等で初期化できる暗証番号",
     "Seven-Eleven resets both PINs; FamilyMart, Lawson and Ministop the signature password; AEON the user "
     "authentication PIN. Other chains are not known to reset any.",
     "セブン-"
     "イレブンでは両方、ファミリーマート・ローソン・ミニストップでは署名用、イオンでは利用者証明用の暗証番号"
     "を初期化できます。その他のチェーンは対応していません。"},
    {"kiosk_hours", "Kiosks from 06:30 to 23:00", "コンビニ等の利用時間",
     "Kiosks reset PINs from 06:30 to 23:00, and no longer than their shop is open. At 23:00:00 they are "
     "closed.",
     "コンビニ等での初期化は6時30分から23時までで、店舗の営業時間内に限ります。23時ちょうどには利用できません"
     "。"},
    {"kiosk_reservation", "A kiosk needs a reservation", "コンビニ等の予約",
     "A reset at a kiosk is reserved with the phone before. The reservation is valid for 24 hours from the "
     "moment at which it was made, and no longer at the last of them. Asked about a day and no moment of it, "
     "it has to cover some time at which kiosks are open.",
     "コンビニ等での初期化には、スマートフォンでの事前の予約が必要です。予約は、予約した時刻から24時間に達す"
     "るまで有効です。時刻を示さずに日だけを尋ねたときは、その日の利用時間の一部にかかっていれば足ります。"},
    {"kiosk_proof", "Who resets a PIN at a kiosk", "コンビニ等での本人確認",
     "At a kiosk the holder alone resets a PIN: with the other PIN of the card, and after the face was "
     "compared with the photograph on the chip. With both PINs unknown a kiosk does nothing.",
     "コンビニ等で初期化できるのは本人に限ります。もう一方の暗証番号の入力と、ICチップの顔写真との照合が必要"
     "です。両方の暗証番号が不明なときは利用できません。"},
    {"kiosk_certificates", "At a kiosk no certificate may have ended", "コンビニ等での電子証明書の状態",
     "A kiosk resets no PIN of a card on which a certificate of either kind is revoked, suspended or "
     "expired, "
     "unless a valid one has taken its place.",
     "2つの電子証明書のいずれかが失効・一時保留・期限切れの場合(代わりの有効な電子証明書がある場合を除く)、"
     "コンビニ等では初期化できません。"},
};

}  // namespace

std::span<const RuleTitle> of_pins() {
  return kTitles;
}

}  // namespace shomei::explain
