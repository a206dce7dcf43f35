#include "app/secret_questions.h"

#include "cli/prompt.h"
#include "crypto/digest.h"
#include "home/keys/home_key.h"

namespace shomei::app {
namespace {

using About = home::SecretQuestion::About;

std::string question_text(const home::SecretQuestion& question, texts::Language language) {
  const bool ja = language == texts::Language::ja;
  if (question.about == About::token_pin)
    return ja ? "トークン「" + question.of + "」のPIN: " : "PIN of the token " + question.of + ": ";
  return ja ? question.of + " のパスフレーズ: " : "Passphrase of the home " + question.of + ": ";
}

}  // namespace

home::AskSecret ask_on_terminal(texts::Language language) {
  return [language](const home::SecretQuestion& question) {
    return cli::ask_secret(question_text(question, language));
  };
}

Result<SecretBytes> ask_new_passphrase(texts::Language language) {
  const bool ja = language == texts::Language::ja;
  SHOMEI_TRY(auto first, cli::ask_secret(ja ? "新しいパスフレーズ: " : "New passphrase: "));
  SHOMEI_CHECK(home::check_new_passphrase(first));
  SHOMEI_TRY(const auto second, cli::ask_secret(ja ? "もう一度: " : "Once more: "));
  if (!crypto::equal_in_constant_time(first.reveal(), second.reveal())) return refused("passphrases_differ");
  return first;
}

}  // namespace shomei::app
