#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"office_kind", "Which kinds of office do what", "窓口の種類と手続",
     "City halls, branch offices and diplomatic missions do every act. A kiosk resets and unlocks PINs. "
     "Online there is the revocation and the application for a card. The call centre suspends.",
     "市役所、出張所、在外公館ではすべての手続ができます。コンビニ等の端末では暗証番号の初期化とロック解除、"
     "オンラインでは失効とカードの申請、コールセンターでは一時保留ができます。"},
    {"office_of_residence", "The office of the place of residence", "住所地・本籍地の窓口",
     "City halls and branch offices act for the residents of their municipality; for those who live abroad, "
     "that of the registered domicile does. Loss or theft is reported anywhere, and any counter takes a "
     "revocation. Without the codes of "
     "both places this rule has no say.",
     "市役所・出張所で手続できるのは、その市区町村の住民です。国外に転出した方は、本籍地の市区町村で手続しま"
     "す。一時保留の届出と失効申請はどこの窓口でもできます。双方の市区町村コードが示されないときは、この規則"
     "では判断しません"
     "。"},
    {"missions_not_yet", "Diplomatic missions, before 2024-05-27", "在外公館での手続の開始前",
     "Diplomatic missions did not act for the card before it could be used abroad.",
     "国外での利用が始まる前は、在外公館でカードの手続はできませんでした。"},
    {"missions", "Diplomatic missions act for those abroad", "在外公館での手続",
     "Diplomatic missions act for persons who have left Japan. Before the departure the municipality does. "
     "Revocations and suspensions they take of anyone's.",
     "在外公館で手続できるのは、国外に転出した方です。転出の前は、住所地の市区町村で手続します。失効申請と一"
     "時保留はどなたでもできます。"},
    {"office_hours", "Offices act while they are open", "窓口の開庁時間",
     "An office acts while it is open; its hours are its own data, and without hours it is open. Asked about "
     "a day and no moment of it, the office has to be open at some time of that day. The call centre never "
     "closes, and kiosks have hours of their own.",
     "手続は窓口の開いている時間に行います。開庁時間は窓口ごとに定め、定めがなければ常に開いているものとしま"
     "す。時刻を示さずに日だけを尋ねたときは、その日のいずれかの時間に開いていれば足ります。コールセンターは2"
     "4時間対応し、コンビニ等の端末の時間は別に定めます。"},
};

}  // namespace

std::span<const RuleTitle> of_offices() {
  return kTitles;
}

}  // namespace shomei::explain
