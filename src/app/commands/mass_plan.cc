// Fixing what a mass act is about.
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/describe.h"
#include "app/mass_words.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "app/read_stdin.h"
#include "counter/recorded_text.h"
#include "files/file.h"
#include "mass/fix.h"
#include "mass/query_files.h"
#include "texts/says.h"

namespace shomei::app {
namespace {

constexpr std::size_t kQueryBytesMax = 256 * 1024;
constexpr std::size_t kListBytesMax = 1024UL * 1024 * 1024;

// The text itself, or the file that has it.
Result<mass::Query> query_of(const cli::Invocation& invocation) {
  auto text = invocation.get("query", "{}");
  if (!text.starts_with('{')) {
    SHOMEI_TRY(const auto bytes, files::read_file(text, kQueryBytesMax));
    text = to_text(bytes);
  }
  SHOMEI_TRY(auto query, mass::parse_query(text));
  if (invocation.has("certificates")) {
    SHOMEI_TRY(const auto bytes, files::read_file(invocation.get("certificates"), kListBytesMax));
    SHOMEI_TRY(query.certificates, mass::parse_certificate_lines(to_text(bytes)));
  }
  if (invocation.has("cards")) {
    SHOMEI_TRY(const auto bytes, files::read_file(invocation.get("cards"), kListBytesMax));
    SHOMEI_TRY(query.cards, mass::parse_card_lines(to_text(bytes)));
  }
  return query;
}

template <class Word>
Result<std::optional<Word>> word_of(const cli::Invocation& invocation, const char* option,
                                    std::optional<Word> (*parse)(std::string_view)) {
  if (!invocation.has(option)) return std::optional<Word>{};
  const auto word = parse(invocation.get(option));
  if (!word) return malformed("mass_word_unknown", {{"option", option}, {"value", invocation.get(option)}});
  return std::optional<Word>{word};
}

Result<mass::Wish> wish_of(const cli::Invocation& invocation) {
  mass::Wish wish;
  SHOMEI_TRY(wish.verb, mass::parse_verb(invocation.get("act")));
  SHOMEI_TRY(wish.query, query_of(invocation));
  SHOMEI_TRY(wish.officer, officer_of(invocation));
  SHOMEI_TRY(wish.reason, word_of<rules::Reason>(invocation, "reason", rules::parse_reason));
  SHOMEI_TRY(wish.ground, word_of<rules::Ground>(invocation, "ground", rules::parse_ground));
  if (wish.verb == mass::Verb::revoke && !wish.ground) wish.ground = rules::Ground::office_fault;
  wish.cause = invocation.get("cause");
  if (!wish.cause.empty()) SHOMEI_CHECK(counter::check_cause(wish.cause));
  return wish;
}

Result<cli::Output> plan(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto wish, wish_of(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto parts = mass_parts(*home);
  SHOMEI_TRY(const auto order,
             mass::fix(parts, wish, [](std::uint64_t seen) { cli::print_progress("looked at", seen); }));
  auto document = nlohmann::json::parse(mass::encode_order(order));
  document["file"] = parts.folder.list(order.id).string();
  const auto agreed = mass::expect_agreed(parts.counter, order, wish.officer);
  if (!agreed && agreed.error().fault != Fault::refused) return agreed.error();
  document["agreed"] = agreed.has_value();
  auto text = order_words(order);
  if (!agreed) text += texts::says(agreed.error(), invocation.language) + "\n";
  return cli::Output{text_of(document), text};
}

}  // namespace

std::vector<cli::Command> mass_plan_commands() {
  std::vector<cli::Option> options{
      {"act", "ACT", "revoke, suspend, reissue or notify", true, true},
      {"query", "JSON|FILE", "which certificates, e.g. '{\"authorities\":[\"signature-1\"]}'"},
      {"certificates", "FILE", "those that the file lists: a serial number a line, and its authority"},
      {"cards", "FILE", "those on the cards that the file lists: an identifier a line"},
      {"ground", "G", "office_fault (default of revoke) or authority_compromise"},
      {"reason", "R", "of a revocation, by its name in RFC 5280: keyCompromise, superseded, ..."},
      {"cause", "TEXT", "why, for those who approve it and for the journal"}};
  for (const auto& option : officer_options()) options.push_back(option);
  options.push_back(kAtOption);
  return {
      {"mass plan",
       "find the certificates that a mass act is about, fix their list and show it; nothing is carried out",
       "shomei mass plan revoke --query '{\"authorities\":[\"signature-1\"]}' --reason keyCompromise "
       "--office inagi-city-hall --officer registrar",
       options, plan}};
}

}  // namespace shomei::app
