#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_pki() {
  static constexpr Sentence kSentences[] = {
      {"certificate_kind_unknown",
       "There is no certificate \"{name}\": use signature or user_authentication.",
       "「{name}」という証明書はありません。signature か user_authentication です。"},
      {"certificate_form", "This is not a certificate in the form of RFC 5280: {what}.",
       "証明書の形ではありません: {what}"},
      {"name_form", "The distinguished name cannot be read: {what}.", "識別名を読めません: {what}"},
      {"pem_form", "There is no block \"{label}\" in the text.", "「{label}」のPEMブロックがありません。"},
      {"csr_form", "This is not a certification request: {what}.",
       "証明書発行要求の形ではありません: {what}"},
      {"possession_unproven",
       "The request does not prove that the card holds the key: ask the card for a new one.",
       "カードが秘密鍵を持つことを確かめられません。要求を作り直してください。"},
      {"text_not_utf8", "The text is not UTF-8.", "UTF-8の文字列ではありません。"},
      {"attribute_too_long", "The member \"{member}\" has no character or more than {max}.",
       "「{member}」は1文字以上{max}文字までです。"},
      {"serial_form",
       "\"{text}\" is not a serial number: write upper-case hexadecimal of even length, 1 to 20 bytes.",
       "「{text}」は発行番号ではありません。偶数桁の16進数(1から20バイト)で書いてください。"},
      {"revocation_reason_unknown",
       "There is no revocation reason \"{name}\": use keyCompromise, affiliationChanged, superseded, "
       "cessationOfOperation or another name of RFC 5280.",
       "失効理由「{name}」はありません。keyCompromise、affiliationChanged、superseded、cessationOfOperation "
       "など、RFC 5280の名前を使ってください。"},
      {"extension_list_form",
       "The list of extensions cannot be used: {what}; ask its maker for a correct one.",
       "拡張領域の並びが正しくありません: {what}。発行元に正しいものを求めてください。"},
      {"crl_form", "The revocation list cannot be used: {what}; fetch another one.",
       "失効リストが使えません: {what}。別の失効リストを取得してください。"},
      {"crl_extension_unknown",
       "The revocation list has the critical extension {oid}, which is not known here: do not rely on this "
       "list.",
       "失効リストに、ここで扱えない重要な拡張 {oid} があります。このリストに頼らないでください。"},
      {"ocsp_request_form", "The OCSP request cannot be answered: {what}; send it in the form of RFC 6960.",
       "OCSP要求に答えられません: {what}。RFC 6960の形で送ってください。"},
      {"ocsp_response_form", "The OCSP response cannot be used: {what}; ask again, or ask another responder.",
       "OCSP応答が使えません: {what}。もう一度、または別の応答者に問い合わせてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
