#include "rules/timeline.h"

namespace shomei::rules {
namespace {

constexpr std::string_view kSheet = "jpki-facts 3.8";

consteval Date day(int year, unsigned month, unsigned number) {
  return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number);
}

constexpr Milestone kTimeline[] = {
    {.id = "first_cards", .on = kFirstCards, .source = "jpki-facts 3"},
    {.id = "age_of_majority_18", .on = kAgeOfMajority18, .source = "Civil Code art. 4; jpki-facts 3.2"},
    {.id = "android_phones", .on = day(2023, 5, 11), .source = "jpki-facts 2.7, 3.8"},
    {.id = "latest_attributes", .on = day(2023, 5, 16), .source = kSheet},
    {.id = "face_authentication_cards", .on = kFaceAuthenticationCards, .source = "jpki-facts 3.1, 3.8"},
    {.id = "shops_print_for_phones", .on = day(2023, 12, 20), .source = "jpki-facts 2.7, 3.8"},
    {.id = "more_shops_print_for_phones", .on = day(2024, 1, 22), .source = "jpki-facts 2.7, 3.8"},
    {.id = "next_card_report", .on = day(2024, 3, 18), .source = "jpki-facts 2.8, 3.8"},
    {.id = "use_abroad", .on = kUseAbroad, .source = "jpki-facts 3.6, 3.8"},
    {.id = "digital_authentication_app", .on = day(2024, 6, 24), .source = kSheet},
    {.id = "consent_in_mynaportal", .on = day(2024, 10, 29), .source = kSheet},
    {.id = "no_new_insurance_cards", .on = day(2024, 12, 2), .source = kSheet},
    {.id = "driving_licence", .on = day(2025, 3, 1), .precision = Precision::month, .source = kSheet},
    {.id = "furigana", .on = day(2025, 5, 26), .confirmed = false, .source = kSheet},
    {.id = "iphone", .on = day(2025, 6, 24), .source = "jpki-facts 2.7, 3.8"},
    {.id = "no_paper_insurance_cards", .on = day(2025, 12, 2), .source = kSheet},
    {.id = "profile_3_2", .on = day(2026, 3, 31), .source = kSheet},
    {.id = "practice_statement_3_3", .on = day(2026, 5, 26), .source = kSheet},
    {.id = "residence_card", .on = day(2026, 6, 14), .source = "jpki-facts 3.1, 3.8"},
    {.id = "myna_app", .on = day(2026, 8, 25), .source = kSheet},
    {.id = "photo_check_abolished", .on = day(2027, 4, 1), .source = kSheet},
    {.id = "next_card",
     .on = day(2028, 4, 1),
     .precision = Precision::fiscal_year,
     .confirmed = false,
     .source = "jpki-facts 2.8, 3.8"},
};

}  // namespace

std::span<const Milestone> timeline() {
  return kTimeline;
}

std::string format_when(const Milestone& milestone) {
  const std::string text = format_date(milestone.on);
  if (milestone.precision == Precision::month) return text.substr(0, 7);
  if (milestone.precision == Precision::fiscal_year) return "FY" + text.substr(0, 4);
  return text;
}

std::vector<const Rule*> rules_that_begin(const RuleSet& set, Date on) {
  std::vector<const Rule*> found;
  for (const Rule* rule : set.rules)
    if (rule->since == on) found.push_back(rule);
  return found;
}

std::vector<const Rule*> rules_that_end(const RuleSet& set, Date on) {
  std::vector<const Rule*> found;
  for (const Rule* rule : set.rules)
    if (rule->until == on) found.push_back(rule);
  return found;
}

}  // namespace shomei::rules
