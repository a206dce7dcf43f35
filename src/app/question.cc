#include "app/question.h"

#include "app/application.h"
#include "app/event_options.h"
#include "app/number.h"
#include "app/open_home.h"
#include "app/read_stdin.h"
#include "authority/generations.h"
#include "authority/prepare.h"
#include "counter/facts.h"
#include "counter/find_resident.h"
#include "counter/register_event.h"
#include "explain/act_words.h"
#include "explain/facts_json.h"
#include "explain/replay.h"
#include "files/file.h"
#include "home/clock.h"
#include "journal/part.h"
#include "pki/certificate.h"

namespace shomei::app {
namespace {

namespace field = journal::field;

Result<rules::Act> act_of(const cli::Invocation& invocation) {
  const std::string kind = invocation.get("kind");
  return explain::parse_act(invocation.get("act"),
                            invocation.has("kind") ? std::optional<std::string_view>(kind) : std::nullopt);
}

Result<Date> day_asked(const cli::Invocation& invocation, const rules::Facts& facts) {
  if (invocation.has("on")) return parse_date(invocation.get("on"));
  return jst_date(facts.at ? *facts.at : home::SystemClock().now());
}

Result<rules::Facts> facts_of_file(const std::string& file) {
  SHOMEI_TRY(const auto text, file == "-" ? read_stdin(explain::kFactsBytesMax)
                                          : files::read_file(file, explain::kFactsBytesMax));
  auto facts = explain::parse_facts(to_text(text));
  if (!facts) return std::move(facts).error().with("file", file);
  return facts;
}

Result<Question> question_of_file(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto act, act_of(invocation));
  SHOMEI_TRY(auto facts, facts_of_file(invocation.get("facts")));
  SHOMEI_TRY(const auto on, day_asked(invocation, facts));
  return Question{rules::current_rule_set(), act, std::move(facts), on, {}};
}

// The last whole day of the generation that issues certificates of the kind then.
Result<std::optional<Date>> authority_valid_until(const home::Home& home, journal::Rows& rows,
                                                  rules::Kind kind, Instant at) {
  SHOMEI_TRY(const auto records, rows.list_authorities());
  const auto of = authority::kind_of(kind);
  SHOMEI_TRY(const auto* issuing,
             authority::issuing_generation(records, of, at, home.settings().profile.of(of).issuing));
  if (!issuing) return std::optional<Date>{};
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(issuing->certificate));
  return std::optional{authority::last_whole_day(certificate)};
}

Result<Instant> instant_asked(const cli::Invocation& invocation, const home::Home& home) {
  if (!invocation.has("on")) return home.clock().now();
  SHOMEI_TRY(const auto on, parse_date(invocation.get("on")));
  return first_second(on);
}

// An event as the counter would record it; without --office at the first office of the home.
Result<Question> question_of_event(const cli::Invocation& invocation, const home::Home& home,
                                   journal::Rows& rows, const ResidentId& resident) {
  SHOMEI_TRY(const auto event, event_from(invocation));
  const auto& directory = home.settings().directory;
  SHOMEI_TRY(const auto office, invocation.has("office") ? OfficeId::parse(invocation.get("office"))
                                                         : Result<OfficeId>(directory.offices.front().id));
  SHOMEI_TRY(const auto at, instant_asked(invocation, home));
  SHOMEI_TRY(auto facts, counter::event_facts(directory, rows, office, resident, event, at));
  return Question{
      home.rules(), {rules::Verb::event, std::nullopt, std::nullopt}, std::move(facts), jst_date(at), {}};
}

// As the counter would gather them. Without --on the question is about this moment, else about the day.
Result<Question> question_of_resident(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto act, act_of(invocation));
  SHOMEI_TRY(const auto application, application_from(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto resident, counter::find_resident(*rows, invocation.get("resident")));
  if (act.verb == rules::Verb::event) return question_of_event(invocation, *home, *rows, resident.id);
  SHOMEI_TRY(const auto holder, counter::find_holder(*rows, resident.id));
  rules::Facts facts = counter::facts_of(holder);
  if (invocation.has("office")) {
    SHOMEI_TRY(const auto id, OfficeId::parse(invocation.get("office")));
    SHOMEI_TRY(const auto office, home->settings().directory.office(id));
    facts.office = counter::facts_of(office);
  }
  SHOMEI_TRY(const auto at, instant_asked(invocation, *home));
  if (act.kind) {
    SHOMEI_TRY(facts.authority_valid_until, authority_valid_until(*home, *rows, *act.kind, at));
  }
  if (!invocation.has("on")) facts.at = at;
  counter::add_application(facts, application, jst_date(at));
  return Question{home->rules(), act, std::move(facts), jst_date(at), {}};
}

// The fields of the entry itself, or of another entry of the same act: the decision stands with the intent.
Result<journal::Fields> decided_fields(journal::Rows& rows, std::uint64_t sequence) {
  const auto number = std::to_string(sequence);
  SHOMEI_TRY(const auto asked, rows.find_entry(sequence));
  if (!asked) return not_found("entry_unknown", {{"sequence", number}});
  SHOMEI_TRY(const auto entries, rows.entries_of_act(asked->entry.act));
  for (const auto of_act : entries) {
    SHOMEI_TRY(const auto stored, rows.find_entry(of_act));
    if (!stored) continue;
    const auto& person = stored->parts[static_cast<std::size_t>(journal::PartKind::person)];
    if (!person) continue;
    SHOMEI_TRY(auto fields, journal::parse_fields(person->body));
    if (!journal::text(fields, field::kDecision).empty()) return fields;
  }
  return not_found("entry_without_decision", {{"sequence", number}});
}

Result<Question> question_of_entry(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto sequence, parse_number(invocation.get("journal")));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto fields, decided_fields(*rows, sequence));
  auto recorded = journal::text(fields, field::kDecision);
  auto replay = explain::read_replay(journal::text(fields, field::kFacts), recorded,
                                     journal::text(fields, field::kRuleSettings));
  if (!replay) return std::move(replay).error().with("sequence", std::to_string(sequence));
  return Question{std::move(replay->rules), replay->act, std::move(replay->facts), replay->on,
                  std::move(recorded)};
}

// The facts file and the journal say all that there is to say; the other options are about a resident.
Result<void> expect_fitting(const cli::Invocation& invocation) {
  if (invocation.has("resident")) return {};
  auto of_resident = application_options();
  for (const auto& option : event_options()) of_resident.push_back(option);
  of_resident.push_back({"office", "", ""});
  if (invocation.has("journal"))
    for (const auto* name : {"act", "kind", "on"}) of_resident.push_back({name, "", ""});
  for (const auto& option : of_resident)
    if (invocation.has(option.name))
      return malformed("option_unfit_source",
                       {{"option", "--" + std::string(option.name)},
                        {"source", invocation.has("journal") ? "--journal" : "--facts"}});
  return {};
}

}  // namespace

std::vector<cli::Option> question_options() {
  std::vector<cli::Option> options{
      {"act", "ACT",
       "issue, renew, revoke, suspend, restore, change_pin, reset_pin, unlock_pin, replace_card, notice or "
       "event "
       "(not with --journal, where it is recorded)"},
      {"kind", "KIND", "signature or user_authentication; of a PIN also resident_register or input_helper"},
      {"facts", "FILE",
       "the facts as JSON (docs/formats/decision.md); - reads them from stdin; needs no home"},
      {"resident", "R", "the facts of this resident of the home"},
      {"journal", "SEQ", "the decision that this entry of the home's journal records, decided again"},
      {"on", "DAY", "the day in Japan; else that of `at` in the facts, else today"},
      {"office", "O", "with --resident: the office (an id of shomei.toml)"}};
  for (auto option : application_options()) options.push_back(option);
  for (auto option : event_options()) options.push_back(option);
  return options;
}

Result<Question> question_from(const cli::Invocation& invocation) {
  const bool file = invocation.has("facts");
  const bool resident = invocation.has("resident");
  const bool entry = invocation.has("journal");
  if (file + resident + entry != 1) return malformed("question_unclear");
  SHOMEI_CHECK(expect_fitting(invocation));
  if (!entry && !invocation.has("act")) return malformed("act_needed");
  if (entry) return question_of_entry(invocation);
  return file ? question_of_file(invocation) : question_of_resident(invocation);
}

}  // namespace shomei::app
