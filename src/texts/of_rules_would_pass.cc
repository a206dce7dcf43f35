#include "texts/tables.h"

namespace shomei::texts {
namespace {

// What would make a refusal of the rules pass.
constexpr Sentence kSentences[] = {
    {"would_pass_from_first_cards", "Ask about a day from {first_cards} on.",
     "{first_cards} 以降の日付で確認してください。"},
    {"would_pass_when_facts_agree", "Correct {member} or {other}.",
     "{member} か {other} を訂正してください。"},
    {"would_pass_with_one_certificate", "Correct certificates: one of them is no longer in force.",
     "certificates を訂正してください(どちらか一方は有効ではありません)。"},
    {"would_pass_with_fact", "State {member}.", "{member} を示してください。"},
    {"would_pass_never", "Nothing would: the record is closed.",
     "この手続はできません(記録は閉じられています)。"},
    {"would_pass_when_registered", "Register in a municipality first.",
     "先に市区町村で住民登録をしてください。"},
    {"would_pass_valid_card", "Apply with a valid My Number card.",
     "有効なマイナンバーカードで申請してください。"},
    {"would_pass_with_standard_card", "Use a standard card, or apply from {since} on.",
     "通常のカードを使うか、{since} 以降に申請してください。"},
    {"would_pass_standard_card", "Change to a standard card with PINs first.",
     "先に暗証番号のある通常のカードへ切り替えてください。"},
    {"would_pass_when_card_returned", "Give the card back, or change to a standard card first.",
     "カードを返納するか、先に通常のカードへ切り替えてください。"},
    {"would_pass_from_fifteenth_birthday",
     "Apply from {fifteenth_birthday} on, or record a ground for an exception and let a second officer "
     "agree.",
     "{fifteenth_birthday} 以降に申請するか、例外の理由を記録し別の職員の承認を得てください。"},
    {"would_pass_guardianship_ended",
     "Apply when the guardianship has ended, or record a ground for an exception and let a second officer "
     "agree.",
     "後見の終了後に申請するか、例外の理由を記録し別の職員の承認を得てください。"},
    {"would_pass_as_renewal", "Apply for a renewal: the window is open.",
     "更新期間中です。更新として申請してください。"},
    {"would_pass_as_reissue",
     "It is suspended and cannot be renewed: apply for a re-issue (ground: reissue), which ends it.",
     "一時保留中のため更新できません。再発行(理由:reissue)を申請してください。今の電子証明書は失効します。"},
    {"would_pass_for_cause",
     "Renew from {renewable_from} on, or apply for a re-issue when there is a cause (a doubt about PIN or "
     "key, "
     "a longer period of stay, a departure).",
     "{renewable_from} "
     "以降に更新するか、暗証番号や鍵に疑いがある、在留期間が延長された、国外へ転出するなどの理由があれば再発"
     "行"
     "を申請してください。"},
    {"would_pass_with_representative", "Let the legal representative apply.",
     "法定代理人が申請してください。"},
    {"would_pass_with_pin", "Enter the PIN of the valid card, or come to the counter with documents.",
     "有効なカードの暗証番号を入力するか、書類を持って窓口で手続してください。"},
    {"would_pass_with_documents", "Show one document of list A or two of list B.",
     "A書類1点またはB書類2点を示してください。"},
    {"would_pass_with_two_documents", "Show one document of list A for each of the two persons.",
     "本人と代理人それぞれのA書類を1点ずつ示してください。"},
    {"would_pass_with_guardianship_certificate", "Show the guardianship certificate.",
     "成年後見の登記事項証明書を示してください。"},
    {"would_pass_with_inquiry_letter",
     "Bring the sealed answer sheet, or come again with the letter of inquiry that the office sends to the "
     "person.",
     "封をした回答書を持参するか、本人あてに送付する照会書の回答を持って再度お越しください。"},
    {"would_pass_with_continued_use", "From {since} on, Japanese nationals may go on using the card abroad.",
     "{since} からは、日本国民は国外でもカードを継続して利用できます。"},
    {"would_pass_new_card_abroad",
     "Japanese nationals apply for a new card at a diplomatic mission or their registered domicile.",
     "日本国民は、在外公館か本籍地の市区町村で新しいカードを申請してください。"},
    {"would_pass_when_back", "Register in a municipality in Japan, and apply there.",
     "国内の市区町村に住民登録をしてから、そこで申請してください。"},
    {"would_pass_at_counter",
     "Go to the counter: the City Hall or a branch office; for residents abroad a diplomatic mission or the "
     "registered domicile.",
     "市区町村の窓口(本庁・支所・出張所)で手続してください。国外転出者は在外公館か本籍地の窓口です。"},
    {"would_pass_at_residence", "Go to the office of the municipality of residence, {home_municipality}.",
     "住所地の市区町村({home_municipality})の窓口で手続してください。"},
    {"would_pass_at_domicile",
     "Go to a diplomatic mission, or to the office of the registered domicile, {home_municipality}.",
     "在外公館か、本籍地の市区町村({home_municipality})の窓口で手続してください。"},
    {"would_pass_at_counter_in_japan", "Go to the office of the municipality in Japan.",
     "国内の市区町村の窓口で手続してください。"},
    {"would_pass_in_hours", "Come during the office's hours.", "窓口の開いている時間にお越しください。"},
    {"would_pass_at_other_chain", "Go to another chain (Seven-Eleven resets both PINs), or to the counter.",
     "他のチェーン(セブン-イレブンは両方に対応)か、窓口で手続してください。"},
    {"would_pass_in_kiosk_hours", "Come between 06:30 and 23:00.", "6時30分から23時の間に利用してください。"},
    {"would_pass_with_reservation", "Make a new reservation with the phone; it is valid for 24 hours.",
     "スマートフォンで新しく予約してください。予約は24時間有効です。"},
    {"would_pass_with_face_check", "Let the phone compare the face, then reserve again.",
     "スマートフォンで顔照合を行い、予約し直してください。"},
    {"would_pass_revoke_and_reissue", "Have the certificate revoked and a new one issued, at the counter.",
     "窓口で電子証明書を失効させ、新しく発行を受けてください。"},
    {"would_pass_in_person", "The holder, or the legal representative, comes to the counter.",
     "本人または法定代理人が窓口で手続してください。"},
    {"would_pass_from_window", "Apply from {from} on.", "{from} 以降に申請してください。"},
    {"would_pass_as_issue", "Apply for a new issue at the same counter; it is free too.",
     "同じ窓口で新規発行を申請してください(無料です)。"},
    {"would_pass_extended_stay", "Extend the period of stay, and apply again.",
     "在留期間を更新してから申請してください。"},
    {"would_pass_new_generation", "Issue from the authority's next generation.",
     "次の世代の認証局から発行してください。"},
    {"would_pass_as_suspension", "Suspend the certificate instead.", "一時保留として手続してください。"},
    {"would_pass_with_ground", "Name the ground for replacing it, or apply from {from} on.",
     "再交付の理由を示すか、{from} 以降に申請してください。"},
};

}  // namespace

std::span<const Sentence> of_rules_would_pass() {
  return kSentences;
}

}  // namespace shomei::texts
