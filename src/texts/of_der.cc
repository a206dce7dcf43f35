#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_der() {
  static constexpr Sentence kSentences[] = {
      {"der_form", "The bytes are not DER: {what}.", "DERの形ではありません: {what}"},
      {"oid_form", "\"{text}\" is not an object identifier.",
       "「{text}」はオブジェクト識別子ではありません。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
