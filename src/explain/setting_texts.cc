#include "explain/setting_texts.h"

namespace shomei::explain {
namespace {

std::string shown(bool on) {
  return on ? "true" : "false";
}
std::string shown(const std::optional<Date>& day) {
  return day ? format_date(*day) : "none";
}

}  // namespace

std::vector<SettingText> setting_texts(const rules::Settings& defaults) {
  // A new setting does not compile until it has its row here.
  const auto& [renewal_counts_from, hold_is_final, death, left_japan, lost_status, card_returned,
               recording_error, key_doubt, stay_special_period_since, weak_pins_refused, overseas_address_ja,
               overseas_address_en] = defaults;
  return {
      {"renewal_counts_from", "renewal_counts_from", std::string(name(renewal_counts_from)),
       "From where the fifth birthday of a renewed certificate is counted (UNCONFIRMED). From the old last "
       "day nothing is lost, which is what a renewal promises; cities write \"the sixth birthday after the "
       "renewal\" (`day_of_renewal`). The two differ on the last day, and where the old end was no birthday.",
       "更新後の有効期限の数え方(未確認)"
       "。更新前の有効期限から数えれば、早めに更新しても期間は短くなりません。市区町村の案内は「更新の日から6"
       "回目の誕生日」(`day_of_renewal`)"
       "で、有効期限の当日に更新した場合や、更新前の有効期限が誕生日でない場合に違いが出ます。"},
      {"hold_is_final", "hold_is_final", shown(hold_is_final),
       "Whether a suspension that stands on a revocation list stays there. The public service says \"hold is "
       "not released\"; `false` is for profiles outside it, and makes `restore` possible.",
       "失効リストに載った一時保留を解除しないかどうか。公的個人認証サービスでは解除しません。`false` "
       "はそれ以外のプロファイルのためのもので、解除(`restore`)ができるようになります。"},
      {"reason_of_death", "death", std::string(name(death)),
       "The reason on the revocation list after death (UNCONFIRMED: the agency's answer could not be read). "
       "The certificate is no longer needed, because its holder is no more; nothing that it says has "
       "changed.",
       "死亡による失効の理由(未確認:機構の回答を確認できていません)"
       "。本人が亡くなり電子証明書が不要になったもので、記録事項の変更ではないためです。"},
      {"reason_of_leaving_japan", "left_japan", std::string(name(left_japan)),
       "The reason after a move abroad without continued use (UNCONFIRMED). The right to the card is gone.",
       "継続利用のない国外転出による失効の理由(未確認)。カードを持つ資格がなくなったためです。"},
      {"reason_of_lost_status", "lost_status", std::string(name(lost_status)),
       "The reason after the loss of the right to be in the register (UNCONFIRMED). The right to the card is "
       "gone.",
       "住民でなくなったことによる失効の理由(未確認)。カードを持つ資格がなくなったためです。"},
      {"reason_of_returned_card", "card_returned", std::string(name(card_returned)),
       "The reason after the card was given back (UNCONFIRMED). The certificates are no longer needed.",
       "カードの返納による失効の理由(未確認)。電子証明書が不要になったためです。"},
      {"reason_of_recording_error", "recording_error", std::string(name(recording_error)),
       "The reason after an error of the record (UNCONFIRMED: `unspecified` or `affiliationChanged`). What "
       "the certificate said was wrong from the start: nothing has changed, and no key is in doubt.",
       "記録の誤りによる失効の理由(未確認:`unspecified` か "
       "`affiliationChanged`)"
       "。記録が初めから誤っていたもので、変更があったわけでも、鍵に疑いがあるわけでもないためです。"},
      {"reason_of_key_doubt", "key_doubt", std::string(name(key_doubt)),
       "The reason after loss, theft or a leak (UNCONFIRMED). The key may be in other hands.",
       "紛失・盗難・漏えいによる失効の理由(未確認)。鍵が他人の手に渡ったおそれがあるためです。"},
      {"stay_special_period_since", "stay_special_period_since", shown(stay_special_period_since),
       "From this day on, a stay whose extension is pending counts for two months longer. By default never, "
       "because the register does not say that an extension was asked for.",
       "この日以降、在留期間の更新申請中の方の在留期間を2か月長く扱います。申請中であることは住民基本台帳から"
       "は分からないため、初期設定では扱いません。"},
      {"weak_pins_refused", "weak_pins_refused", shown(weak_pins_refused),
       "Whether 1234, one digit four times and the date of birth are refused as PINs. They are what a finder "
       "tries first.",
       "1234、同じ数字4つ、生年月日などの暗証番号を認めないかどうか。拾った人が最初に試す番号だからです。"},
      {"overseas_address_ja", "overseas_address_ja", overseas_address_ja,
       "What the certificate shows as the address of someone who moves abroad (the exact words are "
       "UNCONFIRMED); `{date}` is the planned day as YYYY/MM/DD.",
       "国外転出者の住所として電子証明書に記録する文言(正確な表記は未確認)。`{date}` "
       "は転出予定日(YYYY/MM/DD)です。"},
      {"overseas_address_en", "overseas_address_en", overseas_address_en,
       "The same in English, as the city writes it.", "英語での文言。市の案内の表記によります。"},
  };
}

}  // namespace shomei::explain
