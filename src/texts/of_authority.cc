#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_authority() {
  static constexpr Sentence kSentences[] = {
      {"authority_key_differs",
       "The key of {authority} is not the one of its certificate: the keys folder belongs to another home.",
       "{authority} の鍵が証明書と一致しません。鍵のフォルダが別のホームのものです。"},
      {"authority_ended",
       "{authority} ended on {ended}: nothing is signed in its name any more. Hold a ceremony for the next "
       "generation if there is none.",
       "{authority} は {ended} に終わりました。その名で署名することはもうありません。"
       "次の世代がなければ、セレモニーで作ってください。"},
      {"crl_certificate_unfit",
       "The certificate for the revocation lists of {authority} cannot be used: {what}. Restore public/ from "
       "the backup.",
       "{authority} の失効リスト用の証明書は使えません: {what}。public/ をバックアップから戻してください。"},
      {"crl_unreadable",
       "The revocation list that was made cannot be read as it was meant, and is not published: report this "
       "with the program's version. The list that stands goes on.",
       "作成した失効リストが意図どおりに読めないため、公開しません。プログラムの版とともに報告してください。"
       "公開中のリストはそのままです。"},
      {"link_names_differ",
       "{authority} cannot be linked with an authority of another name: generations share one name.",
       "{authority} は別の名前の認証局とは結べません。世代は同じ名前です。"},
      {"certificate_not_granted",
       "No {kind} certificate was granted: the authority acts on a decision alone.",
       "証明書({kind})の発行は認められていません。"},
      {"lint_failed",
       "The certificate was not signed, because this does not hold: {what}. Checks that failed: {lints}. "
       "Each is "
       "explained in docs/lints.md.",
       "証明書に署名しませんでした。次の条件を満たしていません: {what_ja}。合わなかった検査: {lints}。"
       "各検査の説明は docs/lints.md にあります。"},
      {"certificate_not_in_force",
       "The certificate {serial} is {state}: only a valid or suspended one can be revoked.",
       "証明書 {serial} は {state} です。有効または一時停止中のものだけを失効できます。"},
      {"serials_used_up",
       "The 32-bit serial numbers of {authority} are used up: set profile.serial to \"random-64\" in "
       "shomei.toml.",
       "{authority} の32ビットの発行番号を使い切りました。shomei.toml の profile.serial を \"random-64\" "
       "にしてください。"},
      {"certificate_not_suspended",
       "The certificate {serial} is {state}: only a suspended one can be restored.",
       "証明書 {serial} は {state} です。一時停止中のものだけを元に戻せます。"},
      {"suspension_not_decided",
       "No decision of the rules suspends the certificate {serial}: decide first (shomei counter suspend).",
       "証明書 {serial} を一時停止する判断がありません。先に shomei counter suspend で手続してください。"},
      {"restoration_not_decided",
       "No decision of the rules restores the certificate {serial}: decide first (shomei counter restore).",
       "証明書 {serial} を元に戻す判断がありません。先に shomei counter restore で手続してください。"},
      {"act_crossed",
       "The act {act} is not of one resident, card, request, officer and key any more ({what}): nothing was "
       "given out. Keep everything as it is, run shomei journal check, and tell the people who look after "
       "the authority.",
       "手続 {act} の本人・カード・申請・担当者・鍵が一致しなくなりました({what})。何も交付していません。"
       "現状を保ち、shomei journal check を実行し、認証局の管理者に知らせてください。"},
      {"key_used",
       "A certificate was issued, or begun, for this key before: let the card make a new key pair and ask "
       "again.",
       "この鍵には以前に証明書を発行したか、発行しかけています。カードに新しい鍵を作らせてから申請して"
       "ください。"},
      {"key_blocked",
       "Nothing is issued for this key any more ({cause}): let the card make a new key pair and ask again.",
       "この鍵には証明書を発行しません({cause})。カードに新しい鍵を作らせてから申請してください。"},
      {"revocation_not_decided",
       "No decision of the rules revokes the certificate {serial}: decide first (shomei counter revoke).",
       "証明書 {serial} を失効させる判断がありません。先に shomei counter revoke で手続してください。"},
      {"issue_under_way",
       "Another act is issuing a {kind} certificate for this card: wait for it and look again.",
       "このカードの証明書({kind})は別の手続きで発行中です。終わってから確かめてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
