#include "texts/tables.h"

namespace shomei::texts {
namespace {

constexpr Sentence kSentences[] = {
    {"hours_form",
     "The member \"{member}\" is \"{value}\", which is not of the form of opening hours: write \"Mo-Fr "
     "08:30-17:15, Sa 09:00-12:00\".",
     "「{member}」の値「{value}」は開庁時間の形ではありません。\"Mo-Fr 08:30-17:15, Sa 09:00-12:00\" "
     "のように書いてください。"},
    {"rule_set_unknown",
     "Entry {sequence} was decided by the rules of {version}, which this program does not know; it knows "
     "{known}: "
     "use the version of shomei that wrote it.",
     "記録 {sequence} の判断に使われた規則 {version} はこのプログラムにありません({known} "
     "があります)。記録した"
     "版の shomei を使ってください。"},
    {"act_unknown", "There is no act \"{act}\"; there are {known}.",
     "手続「{act}」はありません。使える手続: {known}"},
    {"kind_needed", "The act {act} needs a kind: one of {known}.",
     "手続 {act} には種類が必要です。使える種類: {known}"},
    {"kind_unknown", "The act {act} has no kind \"{kind}\"; it may be {known}.",
     "手続 {act} に種類「{kind}」はありません。使える種類: {known}"},
};

}  // namespace

std::span<const Sentence> of_explain() {
  return kSentences;
}

}  // namespace shomei::texts
