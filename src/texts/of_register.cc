#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_register() {
  static constexpr Sentence kSentences[] = {
      {"municipality_form", "The member \"{member}\" is \"{value}\": a municipality code has five digits.",
       "「{member}」の値「{value}」は市区町村コード(5桁の数字)ではありません。"},
      {"text_unfit", "The member \"{member}\" must have 1 to {max} characters and no control characters.",
       "「{member}」は1文字以上{max}文字までで、制御文字を含められません。"},
      {"line_too_long", "The line is longer than {max} bytes.", "1行は {max} バイトまでです。"},
      {"stay_contradicts_status", "A period of stay contradicts the status {status}: leave one of them out.",
       "在留期間と status「{status}」は両立しません。どちらかを除いてください。"},
      {"born_in_future", "The date of birth {born} is after today, {today}: correct it.",
       "生年月日 {born} が今日 {today} より後です。直してください。"},
      {"continued_use_too_late",
       "Continued use abroad is asked for up to the day before the departure, and {planned} has come: record "
       "the "
       "move without it.",
       "国外での継続利用の申請は転出予定日の前日までです({planned})。継続利用なしで記録してください。"},
      {"event_changes_nothing", "The event \"{event}\" changes nothing: the record is as it says already.",
       "「{event}」で変わる記録がありません。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
