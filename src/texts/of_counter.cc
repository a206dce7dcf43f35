#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_counter() {
  static constexpr Sentence kSentences[] = {
      {"office_unknown", "There is no office \"{office}\"; shomei.toml has {known}.",
       "窓口「{office}」はありません。shomei.toml の窓口: {known}"},
      {"municipality_unknown", "There is no municipality {municipality} in shomei.toml: add it there.",
       "市区町村 {municipality} が shomei.toml にありません。追加してください。"},
      {"resident_unknown",
       "There is no resident \"{resident}\": `shomei resident list` shows those there are.",
       "住民「{resident}」は登録されていません。`shomei resident list` で確かめてください。"},
      {"resident_has_no_card", "The resident {resident} has no My Number card in the register.",
       "住民 {resident} のカードが台帳にありません。"},
      {"certificate_unknown", "There is no certificate {serial} in this home.",
       "証明書 {serial} はありません。"},
      {"serial_ambiguous",
       "Both authorities have a certificate {serial}: add `--kind` (signature or user_authentication); "
       "`certificate list --resident` shows it.",
       "証明書 {serial} は両方の認証局にあります。`--kind` で種類(signature または "
       "user_authentication)を指定して"
       "ください。種類は `certificate list --resident` で分かります。"},
      {"facts_changed",
       "The record of {resident} has changed since it was decided: look again, and start anew.",
       "{resident} の記録が判断の後に変わりました。確認のうえ、最初からやり直してください。"},
      {"request_differs",
       "The request {request} asked something else before (act {act}): use a new identifier for a new one.",
       "申請 {request} は以前、別の内容で受け付けています(処理 {act})。新しい申請には新しい識別子を使って"
       "ください。"},
      {"request_interrupted",
       "The request {request} was interrupted, and nothing came of it: ask again under a new identifier, for "
       "a new key.",
       "申請 {request} "
       "は途中で止まり、発行に至りませんでした。新しい鍵と新しい識別子で申請し直してください。"},
      {"officer_name_form",
       "The officer's name is one line of 1 to {max} bytes of UTF-8, without control characters and without "
       "the "
       "word \"via\", behind which the authority writes what is known of the counter: correct it.",
       "担当者の名前は UTF-8 で1から{max}バイトの1行です。制御文字と、認証局が窓口を記すための語 via "
       "は使えません。直してください。"},
      {"cause_form",
       "The cause is one line of 1 to {max} bytes of UTF-8, without control characters: correct it.",
       "原因は UTF-8 で1から{max}バイトの1行です。制御文字は使えません。直してください。"},
      {"ground_form",
       "The ground is one line of 1 to {max} bytes of UTF-8, without control characters: correct it.",
       "理由は UTF-8 で1から{max}バイトの1行です。制御文字は使えません。直してください。"},
      {"compromise_unproven",
       "This does not prove that the key {key} is compromised: sign its statement (`shomei bad-keys "
       "statement`) "
       "with the key itself, or leave the proof out.",
       "鍵 {key} が漏えいした証明になっていません。`shomei bad-keys statement` "
       "の文にその鍵で署名するか、証明なし"
       "で申請してください。"},
      {"key_not_blocked", "The key {key} is not blocked.", "鍵 {key} は発行停止になっていません。"},
      {"reason_unfit",
       "{reason} is no reason for a revocation: use keyCompromise, affiliationChanged, superseded, "
       "cessationOfOperation or another of RFC 5280.",
       "{reason} "
       "は失効の理由になりません。keyCompromise、affiliationChanged、superseded、cessationOfOperation "
       "などを使ってください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
