#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_base() {
  static constexpr Sentence kSentences[] = {
      {"hex_form", "\"{text}\" is not hexadecimal: use an even number of 0-9 and A-F.",
       "「{text}」は16進数ではありません。0-9とA-Fを偶数個で書いてください。"},
      {"base64_form", "The text is not base64 with its padding.",
       "base64(パディング付き)の形ではありません。"},
      {"date_form", "\"{text}\" is not a day: write it as YYYY-MM-DD, for example 2026-11-22.",
       "「{text}」は日付ではありません。2026-11-22 のように書いてください。"},
      {"instant_form", "\"{text}\" is not an instant: write it as 2026-11-22T09:00:00+09:00.",
       "「{text}」は日時ではありません。2026-11-22T09:00:00+09:00 のように書いてください。"},
      {"identifier_form", "\"{text}\" is not an identifier: it has 8 to 64 of a-z, 0-9 and -.",
       "「{text}」は識別子ではありません。a-z、0-9、- の8から64文字です。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
