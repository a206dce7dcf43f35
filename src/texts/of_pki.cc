#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_pki() {
  static constexpr Sentence kSentences[] = {
      {"serial_form",
       "\"{text}\" is not a serial number: write upper-case hexadecimal of even length, 1 to 20 bytes.",
       "「{text}」は発行番号ではありません。偶数桁の16進数(1から20バイト)で書いてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
