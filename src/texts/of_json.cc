#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_json() {
  static constexpr Sentence kSentences[] = {
      {"value_unknown", "The member \"{member}\" is \"{value}\"; it may be {allowed}.",
       "「{member}」の値「{value}」は使えません。使える値: {allowed}"},
      {"json_form", "This is not a JSON object: {what}.", "JSONオブジェクトではありません: {what}"},
      {"json_member_twice", "The member \"{member}\" stands twice.", "「{member}」が二度あります。"},
      {"member_missing", "The member \"{member}\" is missing.", "「{member}」がありません。"},
      {"member_type", "The member \"{member}\" must be {type}.",
       "「{member}」は {type} でなければなりません。"},
      {"member_unknown", "There is no member \"{member}\"; known are {known}.",
       "「{member}」という項目はありません。使える項目: {known}"},
      {"json_too_large", "The JSON document is longer than {max} bytes.",
       "JSON文書が長すぎます({max} バイトまで)。"},
      {"member_too_long", "The member \"{member}\" is longer than {max} bytes.",
       "「{member}」が長すぎます({max} バイトまで)。"},
      {"member_day",
       "The member \"{member}\" is \"{value}\", which is not a day: write it as YYYY-MM-DD, for example "
       "2026-11-22.",
       "「{member}」の値「{value}」は日付ではありません。2026-11-22 のように書いてください。"},
      {"member_instant",
       "The member \"{member}\" is \"{value}\", which is not an instant: write it as "
       "2026-11-22T09:00:00+09:00.",
       "「{member}」の値「{value}」は日時ではありません。2026-11-22T09:00:00+09:00 のように書いてください。"},
      {"too_many_items", "The list \"{member}\" may have {max} items at most.",
       "「{member}」は {max} 個までです。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
