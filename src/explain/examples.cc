#include "explain/examples.h"

#include "base/check.h"
#include "explain/facts_json.h"

namespace shomei::explain {
namespace {

// Rule, name, act, kind, day, what the rule says.
constexpr Example kExamples[] = {
    {"no_cards_yet", "the_day_before_the_first_cards", "issue", "signature", "2015-12-31", "refuse"},
    {"no_cards_yet", "a_notice_of_2015", "notice", "", "2015-06-01", "refuse"},
    {"facts_agree", "stay_of_a_japanese_national", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"facts_agree", "death_of_tomorrow", "event", "", "2026-11-22", "refuse"},
    {"facts_agree", "two_of_a_kind", "notice", "signature", "2026-11-22", "refuse"},
    {"event_named", "no_event", "event", "", "2026-11-22", "refuse"},
    {"event_named", "a_departure_without_its_event", "event", "", "2026-11-22", "refuse"},
    {"resident_in_register", "registered", "issue", "user_authentication", "2026-11-22", "pass"},
    {"resident_in_register", "died", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"resident_in_register", "left_the_register", "change_pin", "user_authentication", "2026-11-22",
     "refuse"},
    {"card_in_force", "on_its_last_day", "issue", "user_authentication", "2026-11-22", "pass"},
    {"card_in_force", "ran_out_yesterday", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"card_in_force", "reported_lost", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"face_authentication_not_yet", "the_day_before", "issue", "user_authentication", "2023-12-14", "refuse"},
    {"face_authentication_not_yet", "applied_for_too_soon", "replace_card", "", "2023-12-14", "refuse"},
    {"face_authentication_card", "authenticates", "issue", "user_authentication", "2023-12-15", "pass"},
    {"face_authentication_card", "signs_nothing", "issue", "signature", "2026-11-22", "refuse"},
    {"face_authentication_no_pin", "no_pin_to_change", "change_pin", "user_authentication", "2026-11-22",
     "refuse"},
    {"face_authentication_no_pin", "no_password_to_unlock", "unlock_pin", "signature", "2026-11-22",
     "refuse"},
    {"face_authentication_mandatory", "by_wish", "revoke", "user_authentication", "2026-11-22", "refuse"},
    {"face_authentication_mandatory", "everything_without_a_ground", "revoke", "", "2026-11-22", "refuse"},
    {"signature_age", "fifteenth_birthday", "issue", "signature", "2026-11-22", "pass"},
    {"signature_age", "child", "issue", "signature", "2026-11-22", "refuse"},
    {"signature_age", "leap_day_child_on_28_february", "issue", "signature", "2027-02-28", "refuse"},
    {"signature_age", "leap_day_child_on_1_march", "issue", "signature", "2027-03-01", "pass"},
    {"signature_age", "exception", "issue", "signature", "2026-11-22", "pass"},
    {"signature_adult_ward", "no_ward", "issue", "signature", "2026-11-22", "pass"},
    {"signature_adult_ward", "ward", "issue", "signature", "2026-11-22", "refuse"},
    {"signature_adult_ward", "exception", "issue", "signature", "2026-11-22", "pass"},
    {"one_certificate_of_a_kind", "none_held", "issue", "signature", "2026-11-22", "pass"},
    {"one_certificate_of_a_kind", "held_already", "issue", "signature", "2026-11-22", "refuse"},
    {"one_certificate_of_a_kind", "reissue_for_a_doubt", "issue", "signature", "2026-11-22", "pass"},
    {"one_certificate_of_a_kind", "before_a_departure", "issue", "signature", "2026-11-22", "pass"},
    {"representative_needed", "in_ones_own_right", "issue", "user_authentication", "2026-11-22", "pass"},
    {"representative_needed", "child_alone", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"representative_needed", "child_with_a_parent", "issue", "user_authentication", "2026-11-22", "pass"},
    {"representative_needed", "ward_alone", "change_pin", "user_authentication", "2026-11-22", "refuse"},
    {"proof_of_self", "pin", "renew", "user_authentication", "2026-11-22", "pass"},
    {"proof_of_self", "two_documents_of_list_b", "reset_pin", "user_authentication", "2026-11-22", "pass"},
    {"proof_of_self", "one_document_of_list_b", "reset_pin", "user_authentication", "2026-11-22", "refuse"},
    {"proof_of_self", "online_without_pin", "revoke", "user_authentication", "2026-11-22", "refuse"},
    {"proof_of_representative", "both_documents", "issue", "user_authentication", "2026-11-22", "pass"},
    {"proof_of_representative", "one_document", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"proof_of_representative", "guardian_without_certificate", "reset_pin", "user_authentication",
     "2026-11-22", "refuse"},
    {"proof_of_agent", "answer_sheet", "renew", "user_authentication", "2026-11-22", "pass"},
    {"proof_of_agent", "first_visit", "reset_pin", "user_authentication", "2026-11-22", "refuse"},
    {"proof_of_agent", "second_visit", "reset_pin", "user_authentication", "2026-11-22", "pass"},
    {"card_lapses_abroad", "abroad_in_2024", "issue", "user_authentication", "2024-05-26", "refuse"},
    {"card_lapses_abroad", "asked_too_soon", "change_pin", "user_authentication", "2024-05-26", "refuse"},
    {"continued_use_abroad", "national_abroad", "change_pin", "user_authentication", "2026-11-22", "pass"},
    {"continued_use_abroad", "not_asked_for", "change_pin", "user_authentication", "2026-11-22", "refuse"},
    {"continued_use_abroad", "permanent_resident_abroad", "change_pin", "user_authentication", "2026-11-22",
     "refuse"},
    {"new_card_abroad", "national_abroad", "replace_card", "", "2026-11-22", "pass"},
    {"new_card_abroad", "left_in_september_2015", "replace_card", "", "2026-11-22", "refuse"},
    {"overseas_address", "before_the_departure", "issue", "signature", "2026-11-22", "inform"},
    {"overseas_address", "renewed_abroad", "renew", "signature", "2026-11-22", "inform"},
    {"office_kind", "city_hall_issues", "issue", "user_authentication", "2026-11-22", "pass"},
    {"office_kind", "call_centre_suspends", "suspend", "", "2026-11-22", "pass"},
    {"office_kind", "online_issues_nothing", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"office_of_residence", "own_city_hall", "issue", "user_authentication", "2026-11-22", "pass"},
    {"office_of_residence", "city_hall_elsewhere", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"office_of_residence", "registered_domicile", "change_pin", "user_authentication", "2026-11-22", "pass"},
    {"missions_not_yet", "the_day_before", "issue", "user_authentication", "2024-05-26", "refuse"},
    {"missions_not_yet", "a_loss_reported_abroad", "suspend", "", "2024-05-26", "refuse"},
    {"missions", "for_someone_abroad", "issue", "user_authentication", "2026-11-22", "pass"},
    {"missions", "before_the_departure", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"office_hours", "open", "issue", "user_authentication", "2026-11-24", "pass"},
    {"office_hours", "closed_at_a_quarter_past_five", "issue", "user_authentication", "2026-11-24", "refuse"},
    {"office_hours", "closed_on_sunday", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"pin_form", "signature_password", "change_pin", "signature", "2026-11-22", "inform"},
    {"pin_form", "user_authentication_pin", "change_pin", "user_authentication", "2026-11-22", "inform"},
    {"register_pin_at_counter", "at_a_kiosk", "reset_pin", "resident_register", "2026-11-22", "refuse"},
    {"register_pin_at_counter", "unlocking_at_a_kiosk", "unlock_pin", "input_helper", "2026-11-22", "refuse"},
    {"kiosk_chain", "seven_eleven", "reset_pin", "user_authentication", "2026-11-22", "pass"},
    {"kiosk_chain", "lawson_knows_the_signature_alone", "reset_pin", "user_authentication", "2026-11-22",
     "refuse"},
    {"kiosk_hours", "half_past_six", "reset_pin", "signature", "2026-11-22", "pass"},
    {"kiosk_hours", "eleven_at_night", "reset_pin", "signature", "2026-11-22", "refuse"},
    {"kiosk_hours", "some_time_that_day", "unlock_pin", "signature", "2026-11-22", "inform"},
    {"kiosk_reservation", "an_hour_ago", "reset_pin", "signature", "2026-11-22", "pass"},
    {"kiosk_reservation", "twenty_four_hours_ago", "reset_pin", "signature", "2026-11-22", "refuse"},
    {"kiosk_reservation", "none", "reset_pin", "signature", "2026-11-22", "refuse"},
    {"kiosk_proof", "other_pin_and_face", "reset_pin", "user_authentication", "2026-11-22", "pass"},
    {"kiosk_proof", "both_pins_unknown", "reset_pin", "user_authentication", "2026-11-22", "refuse"},
    {"kiosk_proof", "an_agent", "reset_pin", "user_authentication", "2026-11-22", "refuse"},
    {"kiosk_certificates", "both_valid", "unlock_pin", "user_authentication", "2026-11-22", "pass"},
    {"kiosk_certificates", "one_expired", "unlock_pin", "user_authentication", "2026-11-22", "refuse"},
    {"suspension", "stolen", "suspend", "", "2026-11-22", "inform"},
    {"suspension", "nothing_valid", "suspend", "", "2026-11-22", "inform"},
    {"something_suspended", "nothing_suspended", "restore", "", "2026-11-22", "inform"},
    {"something_suspended", "another_one_suspended", "restore", "signature", "2026-11-22", "inform"},
    {"hold_is_final", "card_found_again", "restore", "", "2026-11-22", "refuse"},
    {"hold_is_final", "one_alone", "restore", "user_authentication", "2026-11-22", "refuse"},
    {"release_by_holder", "agent_with_a_letter", "restore", "signature", "2026-11-22", "refuse"},
    {"release_by_holder", "agent_where_nothing_is_held", "restore", "user_authentication", "2026-11-22",
     "refuse"},
    {"renewal_window", "the_day_before", "renew", "user_authentication", "2026-11-22", "refuse"},
    {"renewal_window", "the_first_day", "renew", "user_authentication", "2026-11-22", "pass"},
    {"renewal_window", "the_last_day", "renew", "user_authentication", "2026-11-22", "pass"},
    {"renewal_window", "a_day_late", "renew", "user_authentication", "2026-11-22", "refuse"},
    {"renewal_window", "nothing_to_renew", "renew", "user_authentication", "2026-11-22", "inform"},
    {"notice_recipient", "resident", "notice", "", "2026-11-22", "pass"},
    {"notice_recipient", "died", "notice", "", "2026-11-22", "refuse"},
    {"notice_recipient", "using_the_card_abroad", "notice", "", "2026-11-22", "pass"},
    {"notice_recipient", "card_given_back", "notice", "", "2026-11-22", "refuse"},
    {"expiry_notice", "both_certificates", "notice", "", "2026-11-22", "inform"},
    {"expiry_notice", "child", "notice", "user_authentication", "2026-11-22", "inform"},
    {"expiry_notice", "nothing_valid", "notice", "", "2026-11-22", "inform"},
    {"next_renewal", "after_an_issue", "issue", "user_authentication", "2026-11-22", "inform"},
    {"next_renewal", "ends_on_31_may", "issue", "user_authentication", "2026-11-22", "inform"},
    {"birthday_limit", "adult", "issue", "user_authentication", "2026-11-22", "limit"},
    {"birthday_limit", "issued_on_the_birthday", "issue", "user_authentication", "2026-11-22", "limit"},
    {"birthday_limit", "born_on_leap_day", "issue", "user_authentication", "2026-11-22", "limit"},
    {"birthday_limit", "birth_unknown", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"renewal_limit", "seven_weeks_early", "renew", "user_authentication", "2026-11-22", "limit"},
    {"renewal_limit", "on_the_last_day", "renew", "user_authentication", "2026-11-22", "limit"},
    {"card_limit", "card_ends_later", "issue", "user_authentication", "2026-11-22", "limit"},
    {"card_limit", "card_ends_first", "issue", "user_authentication", "2026-11-22", "limit"},
    {"stay_limit", "period_of_stay", "issue", "user_authentication", "2026-11-22", "limit"},
    {"stay_limit", "over_since_yesterday", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"stay_limit", "not_stated", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"authority_limit", "authority_ends_first", "issue", "user_authentication", "2026-11-22", "limit"},
    {"authority_limit", "stopped_issuing", "issue", "user_authentication", "2026-11-22", "refuse"},
    {"authentication_limit", "authentication_ends_first", "issue", "signature", "2026-11-22", "limit"},
    {"authentication_limit", "both_on_one_day", "issue", "signature", "2026-11-22", "limit"},
    {"attribute_change", "moved", "event", "", "2026-11-22", "inform"},
    {"attribute_change", "renamed_without_a_signature", "event", "", "2026-11-22", "inform"},
    {"move_out", "next_month", "event", "", "2026-11-22", "inform"},
    {"move_out", "today", "event", "", "2026-11-22", "inform"},
    {"departure", "before_use_abroad", "event", "", "2024-05-26", "inform"},
    {"departure", "the_day_of_departure", "event", "", "2024-05-26", "inform"},
    {"departure_without_continued_use", "not_asked_for", "event", "", "2026-11-22", "inform"},
    {"departure_without_continued_use", "asked_on_the_day_of_departure", "event", "", "2026-11-22", "inform"},
    {"departure_without_continued_use", "status_unknown", "event", "", "2026-11-22", "refuse"},
    {"departure_with_continued_use", "asked_the_day_before", "event", "", "2026-11-22", "inform"},
    {"departure_with_continued_use", "without_a_signature", "event", "", "2026-11-22", "inform"},
    {"death", "both_in_force", "event", "", "2026-11-22", "inform"},
    {"death", "one_revoked_before", "event", "", "2026-11-22", "inform"},
    {"lost_status", "both_in_force", "event", "", "2026-11-22", "inform"},
    {"lost_status", "one_revoked_before", "event", "", "2026-11-22", "inform"},
    {"card_returned", "both_in_force", "event", "", "2026-11-22", "inform"},
    {"card_returned", "one_revoked_before", "event", "", "2026-11-22", "inform"},
    {"something_to_end", "none", "revoke", "", "2026-11-22", "inform"},
    {"something_to_end", "expired", "revoke", "signature", "2026-11-22", "inform"},
    {"holders_wish", "both", "revoke", "", "2026-11-22", "inform"},
    {"holders_wish", "signature_alone", "revoke", "signature", "2026-11-22", "inform"},
    {"key_doubt", "stolen", "revoke", "", "2026-11-22", "inform"},
    {"key_doubt", "password_leaked", "revoke", "signature", "2026-11-22", "inform"},
    {"recording_error", "both", "revoke", "", "2026-11-22", "inform"},
    {"recording_error", "signature_alone", "revoke", "signature", "2026-11-22", "inform"},
    {"authority_compromise", "both", "revoke", "", "2026-11-22", "inform"},
    {"authority_compromise", "signature_authority", "revoke", "signature", "2026-11-22", "inform"},
    {"superseded_with_card", "damaged", "revoke", "", "2026-11-22", "inform"},
    {"superseded_with_card", "defect", "revoke", "", "2026-11-22", "inform"},
    {"officers_reason", "no_longer_needed", "revoke", "", "2026-11-22", "inform"},
    {"officers_reason", "a_hold", "revoke", "", "2026-11-22", "refuse"},
    {"recording_error_notice", "both", "revoke", "", "2026-11-22", "inform"},
    {"recording_error_notice", "signature_alone", "revoke", "signature", "2026-11-22", "inform"},
    {"card_replaced", "lost", "replace_card", "", "2026-11-22", "inform"},
    {"card_replaced", "damaged", "replace_card", "", "2026-11-22", "inform"},
    {"no_fee", "renewal", "renew", "user_authentication", "2026-11-22", "inform"},
    {"no_fee", "pin_reset", "reset_pin", "user_authentication", "2026-11-22", "inform"},
    {"card_reissue_fee", "lost_with_certificates", "replace_card", "", "2026-11-22", "inform"},
    {"card_reissue_fee", "damaged_without_certificates", "replace_card", "", "2026-11-22", "inform"},
    {"express_fee", "with_certificates", "replace_card", "", "2026-11-22", "inform"},
    {"express_fee", "without_certificates", "replace_card", "", "2026-11-22", "inform"},
    {"waived_fee", "disaster", "replace_card", "", "2026-11-22", "inform"},
    {"waived_fee", "fault_of_the_office", "replace_card", "", "2026-11-22", "inform"},
    {"new_card_after_departure_fee", "day_90", "replace_card", "", "2026-11-22", "inform"},
    {"new_card_after_departure_fee", "day_91", "replace_card", "", "2026-11-22", "inform"},
    {"card_renewal_fee", "within_three_months", "replace_card", "", "2026-11-22", "inform"},
    {"card_renewal_fee", "too_early", "replace_card", "", "2026-11-22", "refuse"},
    {"card_validity_under_20", "aged_19_on_the_last_day", "replace_card", "", "2022-03-31", "inform"},
    {"card_validity_under_20", "aged_20", "replace_card", "", "2022-03-31", "inform"},
    {"card_validity_under_18", "aged_19_a_day_later", "replace_card", "", "2022-04-01", "inform"},
    {"card_validity_under_18", "aged_17", "replace_card", "", "2026-11-22", "inform"},
};

rules::Act act_of(const Example& example) {
  const auto verb = rules::parse_verb(example.act);
  SHOMEI_INVARIANT(verb);
  return {*verb, rules::parse_kind(example.kind), rules::parse_register_pin(example.kind)};
}

}  // namespace

std::span<const Example> examples() {
  return kExamples;
}

std::string path_of(const Example& example) {
  return "docs/examples/rules/" + std::string(example.rule) + "/" + std::string(example.name) + ".json";
}

std::string command_of(const Example& example) {
  std::string command = "shomei why --act " + std::string(example.act);
  if (!example.kind.empty()) command += " --kind " + std::string(example.kind);
  return command + " --on " + std::string(example.on) + " --facts " + path_of(example);
}

Result<rules::Decision> decide_example(const Example& example, const rules::RuleSet& set,
                                       std::string_view facts_json) {
  SHOMEI_TRY(const rules::Facts facts, parse_facts(facts_json));
  SHOMEI_TRY(const Date on, parse_date(example.on));
  return rules::decide(set, act_of(example), facts, on);
}

const rules::Finding* finding_of(const Example& example, const rules::Decision& decision) {
  for (const auto& [rule, finding] : decision.rules())
    if (rule->id == example.rule) return &finding;
  return nullptr;
}

}  // namespace shomei::explain
