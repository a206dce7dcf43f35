#include "app/pin_questions.h"

#include "base/shown_text.h"
#include "card/client/pin_input.h"
#include "cli/prompt.h"
#include "crypto/digest.h"

namespace shomei::app {
namespace {

using card::PinId;
using texts::Language;

std::string thing(PinId pin, Language language) {
  const bool ja = language == Language::ja;
  switch (pin) {
    case PinId::signature:
      return ja ? "署名用パスワード" : "password for signatures";
    case PinId::input_helper:
      return ja ? "券面事項入力補助用の暗証番号" : "PIN of the input helper";
    default:
      return ja ? "利用者証明用の暗証番号" : "PIN for user authentication";
  }
}

std::string form(PinId pin, Language language) {
  const bool signature = pin == PinId::signature;
  if (language == Language::ja) return signature ? "(英数字6~16文字): " : "(数字4桁): ";
  return signature ? " (6 to 16 of A-Z and 0-9): " : " (4 digits): ";
}

std::string capital(std::string text) {
  if (text.starts_with("password")) text[0] = 'P';
  return text;
}

}  // namespace

std::string pin_question(PinId pin, PinWord word, Language language) {
  const bool ja = language == Language::ja;
  std::string text = thing(pin, language);
  if (word == PinWord::old) text = (ja ? "今の" : "Old ") + text;
  if (word == PinWord::renewed) text = (ja ? "新しい" : "New ") + text;
  return capital(std::move(text)) + form(pin, language);
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

std::string question_about(PinId pin, std::optional<unsigned> tries, Language language) {
  return capital(thing(pin, language)) + tries_text(tries, language);
}

std::string last_try_question(Language language) {
  if (language == Language::ja)
    return "残り1回です。間違えるとロックされ、解除できるのは市区町村の窓口だけです。\n続けるには yes "
           "と入力してください: ";
  return "This is the last try: a wrong PIN blocks the card, and only a counter of the municipality can open "
         "it again.\nType yes to go on: ";
}

Result<SecretBytes> ask_new_pin(PinId pin, PinWord word, Language language, std::string_view before) {
  const std::string of(before);
  SHOMEI_TRY(const auto typed, cli::ask_secret(of + pin_question(pin, word, language)));
  SHOMEI_TRY(auto form, card::client::card_form(pin, typed));
  SHOMEI_TRY(const auto once_more,
             cli::ask_secret(of + (language == Language::ja ? "もう一度: " : "Once more: ")));
  if (!crypto::equal_in_constant_time(typed.reveal(), once_more.reveal())) return refused("pins_differ");
  return form;
}

}  // namespace shomei::app
