#include "texts/words.h"

namespace shomei::texts {
namespace {

struct Word {
  std::string_view text;
  std::string_view en;
  std::string_view ja;
};

constexpr Word kWords[] = {
    // kinds of certificates, and the register's own PINs
    {"signature", "signature", "署名用"},
    {"user_authentication", "user authentication", "利用者証明用"},
    {"resident_register", "resident register", "住民基本台帳用"},
    {"input_helper", "input helper", "券面事項入力補助用"},
    // acts
    {"issue", "issue", "発行"},
    {"renew", "renewal", "更新"},
    {"revoke", "revocation", "失効"},
    {"suspend", "suspension", "一時保留"},
    {"restore", "release from suspension", "一時保留の解除"},
    {"change_pin", "change of the PIN", "暗証番号の変更"},
    {"reset_pin", "reset of the PIN", "暗証番号の初期化"},
    {"unlock_pin", "unlocking of the PIN", "暗証番号のロック解除"},
    {"replace_card", "application for a new card", "カードの再交付申請"},
    {"notice", "expiry notice", "有効期限の通知"},
    {"event", "event of the register or the card", "異動等の届出"},
    {"propose", "proposal to other officers", "他の職員への提案"},
    {"approve", "agreement to a proposal", "提案への同意"},
    {"exception", "exception", "例外"},
    {"appoint_clerk", "appointment of a clerk", "窓口担当者の任命"},
    {"appoint_officer", "appointment of an officer", "職員の任命"},
    {"dismiss_officer", "dismissal of an officer", "職員の解任"},
    {"certify_officer", "certification of an officer's key", "職員の鍵の証明"},
    {"enter_on_roll", "entry on the roll of officers", "職員名簿への記載"},
    {"break_glass", "glass broken", "緊急措置"},
    {"acknowledge", "broken glass looked into", "緊急措置の確認"},
    {"import", "entry in the register", "台帳への登録"},
    {"recover", "repair after an interruption", "中断後の復旧"},
    {"settle_card", "end of what was interrupted on a card", "中断されたカードの手続きの完了"},
    {"roll_back_card", "dropping of a key that waited on a card", "カードで待っていた鍵の取り消し"},
    {"make_card", "blank card for a counter", "窓口への白紙カードの交付"},
    {"block_key", "blocking of a key", "鍵の発行停止"},
    {"import_bad_keys", "taking in of a list of bad keys", "不良鍵の一覧の取り込み"},
    {"mass_revoke", "mass revocation", "一括失効"},
    {"mass_suspend", "mass suspension", "一括の一時保留"},
    {"mass_reissue", "order to issue many anew", "一括再発行の指示"},
    {"mass_notify", "notice to many", "一括通知"},
    {"pause_mass", "pause of a mass act", "一括処理の一時停止"},
    {"make_responder_key", "new key for a responder", "応答者の新しい鍵"},
    {"erase_person", "erasure of a person from the journal", "ジャーナルからの個人情報の消去"},
    // residence
    {"japanese", "Japanese national", "日本国民"},
    {"special_permanent_resident", "special permanent resident", "特別永住者"},
    {"permanent_resident", "permanent resident", "永住者"},
    {"other_foreign_resident", "other foreign resident", "その他の外国人住民"},
    {"no_end_of_stay", "foreign resident without an end of stay", "在留期間の定めのない外国人住民"},
    // cards and certificates
    {"standard", "standard card", "通常のカード"},
    {"face_authentication", "face-authentication card", "顔認証マイナンバーカード"},
    {"active", "in use", "利用中"},
    {"valid", "valid", "有効"},
    {"suspended", "suspended", "一時停止中"},
    {"revoked", "revoked", "失効済み"},
    {"returned", "returned", "返納済み"},
    {"expired", "expired", "有効期限切れ"},
    {"lost", "lost", "紛失中"},
    // offices and chains
    {"city_hall", "City Hall", "市区町村の本庁窓口"},
    {"branch_office", "branch office", "支所・出張所"},
    {"diplomatic_mission", "diplomatic mission", "在外公館"},
    {"kiosk", "kiosk", "コンビニ等のキオスク端末"},
    {"online", "online service", "オンライン"},
    {"call_centre", "call centre", "コールセンター"},
    {"seven_eleven", "Seven-Eleven", "セブン-イレブン"},
    {"familymart", "FamilyMart", "ファミリーマート"},
    {"lawson", "Lawson", "ローソン"},
    {"ministop", "Ministop", "ミニストップ"},
    {"aeon", "AEON", "イオン"},
    // who applies, and to whom a notice goes
    {"self", "the person", "本人"},
    {"holder", "the holder", "本人"},
    {"legal_representative", "the legal representative", "法定代理人"},
    {"voluntary_agent", "an agent", "任意代理人"},
    // grounds
    {"stolen", "theft", "盗難"},
    {"damaged", "damage", "破損"},
    {"disaster", "fire or disaster", "火災・災害"},
    {"defect", "a defect of the card", "カードの不具合"},
    {"office_fault", "a fault of the office", "窓口側の過失"},
    {"leak", "a leak", "漏えい"},
    {"wish", "the holder's wish", "本人の希望"},
    {"reissue", "re-issue for cause", "再発行"},
    {"express", "express issue", "特急発行"},
    {"authority_compromise", "the authority's key is not safe", "認証局の鍵の危殆化"},
    // events
    {"moved", "change of address", "住所の変更"},
    {"renamed", "change of name", "氏名の変更"},
    {"gender_changed", "change of gender", "性別の変更"},
    {"birth_date_corrected", "correction of the date of birth", "生年月日の訂正"},
    {"move_out", "move-out notification", "転出届"},
    {"moved_abroad", "move abroad", "国外転出"},
    {"died", "death", "死亡"},
    {"lost_status", "loss of resident status", "住民でなくなったこと"},
    {"card_returned", "return of the card", "カードの返納"},
    // reasons of RFC 5280 section 5.3.1
    {"unspecified", "unspecified", "理由の指定なし"},
    {"keyCompromise", "key compromise", "鍵の危殆化"},
    {"cACompromise", "compromise of the authority's key", "認証局の鍵の危殆化"},
    {"affiliationChanged", "recorded attributes changed", "記録事項の変更"},
    {"superseded", "superseded", "新しい電子証明書への切替え"},
    {"cessationOfOperation", "no longer in use", "利用の終了"},
    {"certificateHold", "on hold", "一時保留"},
    // what contradicts
    {"on", "the day that is asked about", "判断の対象日"},
};

}  // namespace

std::string_view word(std::string_view text, Language language) {
  for (const auto& [known, en, ja] : kWords)
    if (known == text) return language == Language::ja ? ja : en;
  return text;
}

}  // namespace shomei::texts
