// What a person is asked about a card's PINs, in the language of the command.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "card/pin_id.h"
#include "texts/says.h"

namespace shomei::app {

enum class PinWord { present, old, renewed };

// "PIN for user authentication (4 digits): " and the like.
std::string pin_question(card::PinId pin, PinWord word, texts::Language language);
// The same with the tries that the PIN has.
std::string question_about(card::PinId pin, std::optional<unsigned> tries, texts::Language language);
// " (3 tries left): "; ": " when the card does not say.
std::string tries_text(std::optional<unsigned> tries, texts::Language language);
// "[Reader 00 00] ", before a question: it is that card which gets the PIN.
std::string of_reader(std::string_view reader);
std::string last_try_question(texts::Language language);
std::string last_try_warning(texts::Language language);

// A PIN that is to be set, in the form of the card: typed twice, because nobody sees what is typed. refused
// "pins_differ"; card/client/pin_input.h's, before it is asked for a second time. `before` stands before each
// question: of_reader.
Result<SecretBytes> ask_new_pin(card::PinId pin, PinWord word, texts::Language language,
                                std::string_view before = {});

}  // namespace shomei::app
