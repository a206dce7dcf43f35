#include "app/past_words.h"

#include <array>

namespace shomei::app {
namespace {

using status::PastState;
using status::StateAt;
using texts::Language;

struct Words {
  const char* en;
  const char* ja;
  std::string in(Language language) const { return language == Language::ja ? ja : en; }
};

constexpr std::array<Words, 4> kStates{
    Words{"unknown: it had not been issued", "不明(まだ発行されていません)"}, Words{"valid", "有効"},
    Words{"suspended", "一時停止中"}, Words{"revoked", "失効"}};

std::string state_words(const StateAt& state, Language language) {
  auto text = kStates[static_cast<std::size_t>(state.state)].in(language);
  if (state.since) text += Words{" since ", " "}.in(language) + format_jst(*state.since);
  if (state.since && language == Language::ja) text += " から";
  if (state.reason) text += " (" + std::string(pki::name(*state.reason)) + ")";
  if (state.expired) text += Words{", and past its last day", "、有効期間満了"}.in(language);
  if (state.not_yet_valid) text += Words{", and before its first day", "、有効期間前"}.in(language);
  if (state.invalidity_at)
    text +=
        Words{"; its key may have been in wrong hands since ", "。鍵の漏えいの疑いの始まり "}.in(language) +
        format_jst(*state.invalidity_at);
  return text;
}

std::string change_words(const status::Change& change, Language language) {
  static constexpr std::array<Words, 4> kEvents{Words{"issued", "発行"}, Words{"suspended", "一時停止"},
                                                Words{"restored", "一時停止の解除"},
                                                Words{"revoked", "失効"}};
  auto text = "  " + std::to_string(change.sequence) + "  " + format_jst(change.recorded_at) + "  " +
              kEvents[static_cast<std::size_t>(change.event)].in(language);
  if (change.event != status::LifeEvent::issued)
    text += Words{", from ", "、効力の始まり "}.in(language) + format_jst(change.from);
  if (change.reason) text += " (" + std::string(pki::name(*change.reason)) + ")";
  return text + "\n";
}

}  // namespace

std::string says(const status::Statement& statement, Language language) {
  const auto name = statement.certificate.serial.hex() + " (" + statement.certificate.authority + ")";
  const auto at = format_jst(statement.at);
  std::string text;
  if (language == Language::ja)
    text = "証明書 " + name + " は " + at + " の時点で有効で" +
           (statement.good() ? "した。\n" : "はありませんでした。\n");
  else
    text =
        "The certificate " + name + " was " + (statement.good() ? "good" : "not good") + " at " + at + ".\n";
  text += Words{"By what is recorded now: ", "現在の記録によれば: "}.in(language) +
          state_words(statement.now(), language) + "\n";
  text += Words{"By what had been recorded then: ", "その時点の記録によれば: "}.in(language) +
          state_words(statement.then(), language) + "\n";
  if (!statement.changes.empty()) text += Words{"Journal:\n", "ジャーナル:\n"}.in(language);
  for (const auto& change : statement.changes) text += change_words(change, language);
  return text;
}

std::string says_proof(const status::CheckedStatement& checked, Language language) {
  const auto& point = checked.checkpoint;
  const auto size = std::to_string(point.size);
  auto text = language == Language::ja
                  ? size + " 件の記録があるジャーナル " + point.origin + " にあることが証明されました。\n"
                  : "Proven: these are in the journal " + point.origin + ", of " + size + " entries.\n";
  for (const auto sequence : checked.withheld)
    text += language == Language::ja
                ? "記録 " + std::to_string(sequence) +
                      " の内容は示されていません(他の証明書についても述べているため)。\n"
                : "Of entry " + std::to_string(sequence) +
                      " it is not shown what it says, since it is about other certificates too.\n";
  if (checked.signer)
    return text +
           Words{
               "That there is nothing else about it is the word of the authority's responder, who signed "
               "this.\n",
               "これ以外の記録がないことは、署名した認証局のレスポンダーの言明です。\n"}
               .in(language);
  return text + Words{"Nobody has signed it: that there is nothing else about it is nobody's word.\n",
                      "署名がありません。これ以外の記録がないことは誰も述べていません。\n"}
                    .in(language);
}

}  // namespace shomei::app
