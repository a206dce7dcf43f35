#include "explain/milestone_texts.h"

#include <algorithm>

namespace shomei::explain {
namespace {

constexpr MilestoneText kTexts[] = {
    {"first_cards", "The first My Number cards with certificates are issued.",
     "電子証明書を搭載したマイナンバーカードの交付が始まる。"},
    {"age_of_majority_18",
     "The age of majority falls from 20 to 18: the cards of persons of 18 and 19 hold until the tenth "
     "birthday.",
     "成年年齢が20歳から18歳に引き下げられ、18歳・19歳の方のカードは10回目の誕生日まで有効になる。"},
    {"android_phones", "Certificates for Android phones.",
     "スマートフォン(Android)用電子証明書の搭載サービスが始まる。"},
    {"latest_attributes", "Verifiers can get a person's latest four attributes, with consent.",
     "最新の利用者4情報提供サービスが始まる。"},
    {"face_authentication_cards",
     "Cards without PINs, for face authentication; verification without a PIN becomes possible (Act art. "
     "38-4, Ordinance art. 64-12).",
     "暗証番号のない顔認証マイナンバーカードの交付と、暗証番号によらない利用者証明検証が始まる("
     "公的個人認証法第38条の4、施行規則第64条の12)。"},
    {"shops_print_for_phones", "Convenience stores in Tokyo print certificates of residence for a phone.",
     "スマートフォンによるコンビニ交付が東京都内の一部店舗で始まる。"},
    {"more_shops_print_for_phones", "The same in the whole country.",
     "スマートフォンによるコンビニ交付が全国に広がる。"},
    {"next_card_report", "Final report on the next generation of the card.",
     "次期個人番号カードタスクフォースの最終とりまとめが公表される。"},
    {"use_abroad",
     "Japanese nationals go on using card and certificates abroad; diplomatic missions act for them.",
     "日本国民が国外でもカードと電子証明書を継続して利用できるようになり、在外公館で手続ができるようになる"
     "。"},
    {"digital_authentication_app", "The Digital Authentication App is published.",
     "デジタル認証アプリの提供が始まる。"},
    {"consent_in_mynaportal", "Consent to the service of the latest attributes can be given in Mynaportal.",
     "最新の利用者4情報提供の同意をマイナポータルで行えるようになる。"},
    {"no_new_insurance_cards", "No new health-insurance cards are issued.", "健康保険証の新規発行が終わる。"},
    {"driving_licence", "The driving licence can be on the card.", "運転免許証との一体化が始まる。"},
    {"furigana", "The reading of names stands in the family register.",
     "戸籍に氏名の振り仮名が記載されるようになる。"},
    {"iphone", "Certificates for iPhones.", "iPhone用の電子証明書の搭載が始まる。"},
    {"no_paper_insurance_cards", "The last health-insurance cards on paper run out.",
     "従来の健康保険証の有効期限がすべて満了する。"},
    {"profile_3_2", "Version 3.2 of the certificate profile.", "証明書プロファイル仕様 第3.2版。"},
    {"practice_statement_3_3", "Version 3.3 of the certification practice statement.",
     "認証局の運用規程 第3.3版。"},
    {"residence_card", "Residence card and My Number card can be one card, which counts as a My Number card.",
     "特定在留カードの交付が始まる。法律上、マイナンバーカードとみなされる。"},
    {"myna_app", "The Mynaportal app and the Digital Authentication App become one.",
     "マイナポータルアプリとデジタル認証アプリがマイナアプリに統合される。"},
    {"photo_check_abolished",
     "Against money laundering, a photograph of a document and of the face no longer suffices.",
     "犯罪収益移転防止法の本人確認で、書類の画像と容貌の画像による方法が廃止される。"},
    {"next_card", "The next generation of the card.", "次期個人番号カードの導入。"},
};

}  // namespace

const MilestoneText* find_milestone_text(std::string_view id) {
  const auto* found = std::ranges::find(kTexts, id, &MilestoneText::id);
  return found == std::end(kTexts) ? nullptr : found;
}

std::span<const MilestoneText> milestone_texts() {
  return kTexts;
}

}  // namespace shomei::explain
