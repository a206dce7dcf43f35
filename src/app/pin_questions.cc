#include "app/pin_questions.h"

#include "base/shown_text.h"
#include "card/client/pin_input.h"
#include "cli/prompt.h"
#include "crypto/digest.h"

namespace shomei::app {
namespace {

using card::Kind;
using texts::Language;

std::string thing(Kind kind, Language language) {
  const bool signature = kind == Kind::signature;
  if (language == Language::ja) return signature ? "署名用パスワード" : "利用者証明用の暗証番号";
  return signature ? "password for signatures" : "PIN for user authentication";
}

std::string form(Kind kind, Language language) {
  const bool signature = kind == Kind::signature;
  if (language == Language::ja) return signature ? "(英数字6~16文字): " : "(数字4桁): ";
  return signature ? " (6 to 16 of A-Z and 0-9): " : " (4 digits): ";
}

std::string capital(std::string text) {
  if (text.starts_with("password")) text[0] = 'P';
  return text;
}

}  // namespace

std::string pin_question(Kind kind, PinWord word, Language language) {
  const bool ja = language == Language::ja;
  std::string text = thing(kind, language);
  if (word == PinWord::old) text = (ja ? "今の" : "Old ") + text;
  if (word == PinWord::renewed) text = (ja ? "新しい" : "New ") + text;
  return capital(std::move(text)) + form(kind, language);
}

std::string tries_text(std::optional<unsigned> tries, Language language) {
  if (!tries) return ": ";
  if (language == Language::ja) return "(残り" + std::to_string(*tries) + "回): ";
  return " (" + std::to_string(*tries) + (tries == 1U ? " try left): " : " tries left): ");
}

std::string of_reader(std::string_view reader) {
  return "[" + shown_line(reader) + "] ";
}

std::string last_try_warning(Language language) {
  return language == Language::ja ? "残り1回です。間違えるとカードがロックされます"
                                  : "this is the last try; a wrong PIN blocks the card";
}

std::string question_about(Kind kind, std::optional<unsigned> tries, Language language) {
  return capital(thing(kind, language)) + tries_text(tries, language);
}

std::string last_try_question(Language language) {
  if (language == Language::ja)
    return "残り1回です。間違えるとロックされ、解除できるのは市区町村の窓口だけです。\n続けるには yes "
           "と入力してください: ";
  return "This is the last try: a wrong PIN blocks the card, and only a counter of the municipality can open "
         "it again.\nType yes to go on: ";
}

Result<SecretBytes> ask_new_pin(Kind kind, PinWord word, Language language) {
  SHOMEI_TRY(const auto typed, cli::ask_secret(pin_question(kind, word, language)));
  SHOMEI_TRY(auto pin, card::client::card_form(kind, typed));
  SHOMEI_TRY(const auto once_more, cli::ask_secret(language == Language::ja ? "もう一度: " : "Once more: "));
  if (!crypto::equal_in_constant_time(typed.reveal(), once_more.reveal())) return refused("pins_differ");
  return pin;
}

}  // namespace shomei::app
