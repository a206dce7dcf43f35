#include "texts/says.h"

#include <array>

#include "texts/tables.h"
#include "texts/words.h"

namespace shomei::texts {
namespace {

// What citations abbreviate, and how a person reads it (docs/sources.md).
struct Collection {
  std::string_view cited;
  std::string_view en;
  std::string_view ja;
};
constexpr std::array kCollections{Collection{"seed: ", "City of Inagi: ", "稲城市: "},
                                  Collection{"jpki-facts ", "collected facts ", "収集資料 "}};

const Sentence* find(std::string_view code) {
  for (const auto& table : all_sentences())
    for (const auto& sentence : table)
      if (sentence.code == code) return &sentence;
  return nullptr;
}

// What the rules refused names its facts in words ("user_authentication"): as people say them, but for the
// names of members.
std::string_view value_of(const Error& error, std::string_view name, Language language) {
  const auto value = error.parameter(name);
  const bool of_rules = !error.parameter("rule_id").empty() && name != "member" && name != "other";
  return of_rules ? word(value, language) : value;
}

std::string fill(std::string_view form, const Error& error, Language language) {
  std::string text;
  while (!form.empty()) {
    const auto open = form.find('{');
    text += form.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = form.find('}', open);
    text += value_of(error, form.substr(open + 1, close - open - 1), language);
    form.remove_prefix(close + 1);
  }
  return text;
}

// Where it happened, when a caller has said so: file and line come first, as compilers print them.
std::string place(const Error& error) {
  const auto file = error.parameter("file");
  const auto line = error.parameter("line");
  if (file.empty() && line.empty()) return {};
  return std::string(file) + (line.empty() ? "" : ":" + std::string(line)) + ": ";
}

}  // namespace

std::span<const std::span<const Sentence>> all_sentences() {
  static const std::array tables{of_base(),
                                 of_crypto(),
                                 of_crypto_token(),
                                 of_crypto_token_keys(),
                                 of_der(),
                                 of_card(),
                                 of_card_channel(),
                                 of_card_contents(),
                                 of_card_client(),
                                 of_attestation(),
                                 of_issuer(),
                                 of_issuer_at_counters(),
                                 of_files(),
                                 of_home(),
                                 of_http(),
                                 of_journal(),
                                 of_pki(),
                                 of_json(),
                                 of_officers(),
                                 of_register(),
                                 of_explain(),
                                 of_rules(),
                                 of_rules_would_pass(),
                                 of_status(),
                                 of_filter(),
                                 of_store(),
                                 of_store_servers(),
                                 of_store_copies(),
                                 of_authority(),
                                 of_counter(),
                                 of_mass(),
                                 of_cli(),
                                 of_app()};
  return tables;
}

std::string says(const Error& error, Language language) {
  const Sentence* sentence = find(error.code);
  std::string text = place(error);
  if (!sentence) return text + std::string(error.code);
  text += fill(language == Language::ja ? sentence->ja : sentence->en, error, language);
  if (!error.rule.empty())
    text += (language == Language::ja ? "(根拠: " : " (rule: ") + shown_citation(error.rule, language) + ")";
  return text;
}

std::string shown_citation(std::string_view citation, Language language) {
  std::string text(citation);
  for (const auto& [cited, en, ja] : kCollections) {
    const auto shown = language == Language::ja ? ja : en;
    for (auto at = text.find(cited); at != std::string::npos; at = text.find(cited, at + shown.size()))
      text.replace(at, cited.size(), shown);
  }
  return text;
}

}  // namespace shomei::texts
