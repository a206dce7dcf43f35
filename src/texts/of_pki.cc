#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_pki() {
  static constexpr Sentence kSentences[] = {
      {"certificate_kind_unknown", "There is no certificate \"{name}\": use signature or user_authentication.",
       "「{name}」という証明書はありません。signature か user_authentication です。"},
      {"certificate_form", "This is not a certificate in the form of RFC 5280: {what}.", "証明書の形ではありません: {what}"},
      {"name_form", "The distinguished name cannot be read: {what}.", "識別名を読めません: {what}"},
      {"pem_form", "There is no block \"{label}\" in the text.", "「{label}」のPEMブロックがありません。"},
      {"request_form", "This is not a certification request: {what}.", "証明書発行要求の形ではありません: {what}"},
      {"possession_unproven", "The request does not prove that the card holds the key: ask the card for a new one.",
       "カードが秘密鍵を持つことを確かめられません。要求を作り直してください。"},
      {"text_not_utf8", "The text is not UTF-8.", "UTF-8の文字列ではありません。"},
      {"attribute_too_long", "The member \"{member}\" has no character or more than {max}.",
       "「{member}」は1文字以上{max}文字までです。"},
      {"serial_form",
       "\"{text}\" is not a serial number: write upper-case hexadecimal of even length, 1 to 20 bytes.",
       "「{text}」は発行番号ではありません。偶数桁の16進数(1から20バイト)で書いてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
