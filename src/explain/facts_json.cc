#include "explain/facts_json.h"

#include "base/shown_text.h"
#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::explain {
namespace {

using nlohmann::json;
using rules::Facts;
using shomei::json::Members;

Result<std::optional<rules::Municipality>> municipality(Members& members, std::string_view member) {
  SHOMEI_TRY(const auto text, members.text_if(member));
  if (!text) return std::optional<rules::Municipality>{};
  const auto code = rules::parse_municipality(*text);
  if (!code)
    return malformed("municipality_form",
                     {{"member", members.full(member)}, {"value", fit_for_sentence(*text)}});
  return std::optional<rules::Municipality>{code};
}

Result<std::optional<rules::MovingAbroad>> moving_abroad(Members& resident) {
  SHOMEI_TRY(auto members, resident.object_if("moving_abroad"));
  if (!members) return std::optional<rules::MovingAbroad>{};
  rules::MovingAbroad moving;
  SHOMEI_TRY(moving.planned, members->date("planned"));
  SHOMEI_TRY(moving.continued_use, members->flag("continued_use", false));
  SHOMEI_CHECK(members->expect_no_other());
  return std::optional<rules::MovingAbroad>{moving};
}

Result<void> read_resident(Members& whole, Facts& facts) {
  SHOMEI_TRY(auto members, whole.object_if("resident"));
  if (!members) return {};
  SHOMEI_TRY(facts.born, members->date_if("born"));
  SHOMEI_TRY(facts.status, members->word_if("status", rules::parse_residence_status,
                                            rules::ResidenceStatus::no_end_of_stay));
  SHOMEI_TRY(facts.period_of_stay_ends, members->date_if("period_of_stay_ends"));
  SHOMEI_TRY(facts.adult_ward, members->flag("adult_ward", false));
  SHOMEI_TRY(facts.died, members->date_if("died"));
  SHOMEI_TRY(facts.left_register, members->date_if("left_register"));
  SHOMEI_TRY(facts.moving_abroad, moving_abroad(*members));
  SHOMEI_TRY(facts.municipality, municipality(*members, "municipality"));
  SHOMEI_TRY(facts.registered_domicile, municipality(*members, "registered_domicile"));
  return members->expect_no_other();
}

Result<void> read_card(Members& whole, Facts& facts) {
  SHOMEI_TRY(auto members, whole.object_if("card"));
  if (!members) return {};
  SHOMEI_TRY(const auto kind,
             members->word_if("kind", rules::parse_card_kind, rules::CardKind::face_authentication));
  SHOMEI_TRY(const auto state, members->word_if("state", rules::parse_card_state, rules::CardState::expired));
  facts.card_kind = kind.value_or(rules::CardKind::standard);
  facts.card_state = state.value_or(rules::CardState::active);
  SHOMEI_TRY(facts.card_valid_until, members->date_if("valid_until"));
  return members->expect_no_other();
}

Result<rules::CertificateFacts> certificate(const json& item, const std::string& path) {
  if (!item.is_object()) return malformed("member_type", {{"member", path}, {"type", "an object"}});
  Members members(item, path);
  rules::CertificateFacts certificate;
  SHOMEI_TRY(const auto kind, members.word_if("kind", rules::parse_kind, rules::Kind::user_authentication));
  if (!kind) return members.missing("kind");
  certificate.kind = *kind;
  SHOMEI_TRY(const auto state,
             members.word_if("state", rules::parse_certificate_state, rules::CertificateState::revoked));
  certificate.state = state.value_or(rules::CertificateState::valid);
  SHOMEI_TRY(certificate.not_after, members.date("not_after"));
  SHOMEI_CHECK(members.expect_no_other());
  return certificate;
}

Result<void> read_certificates(Members& whole, Facts& facts) {
  SHOMEI_TRY(const auto* items, whole.array_if("certificates", kFactsCertificatesMax));
  if (!items) return {};
  for (std::size_t i = 0; i < items->size(); ++i) {
    SHOMEI_TRY(auto one, certificate((*items)[i], "certificates[" + std::to_string(i) + "]"));
    facts.certificates.push_back(one);
  }
  return {};
}

Result<std::optional<rules::Hours>> hours(Members& office) {
  SHOMEI_TRY(const auto text, office.text_if("hours"));
  if (!text) return std::optional<rules::Hours>{};
  const auto hours = rules::parse_hours(*text);
  if (!hours)
    return malformed("hours_form", {{"member", office.full("hours")}, {"value", fit_for_sentence(*text)}});
  return std::optional<rules::Hours>{hours};
}

Result<void> read_office(Members& whole, Facts& facts) {
  SHOMEI_TRY(auto members, whole.object_if("office"));
  if (!members) return {};
  rules::Office office;
  SHOMEI_TRY(const auto kind,
             members->word_if("kind", rules::parse_office_kind, rules::OfficeKind::call_centre));
  if (!kind) return members->missing("kind");
  office.kind = *kind;
  SHOMEI_TRY(office.municipality, municipality(*members, "municipality"));
  SHOMEI_TRY(auto chain, members->text_if("chain"));
  office.chain = std::move(chain).value_or("");
  SHOMEI_TRY(office.hours, hours(*members));
  SHOMEI_CHECK(members->expect_no_other());
  facts.office = std::move(office);
  return {};
}

Result<void> read_proofs(Members& whole, Facts& facts) {
  SHOMEI_TRY(const auto* items, whole.array_if("proofs", kFactsProofsMax));
  if (!items) return {};
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto& item = (*items)[i];
    const std::string path = "proofs[" + std::to_string(i) + "]";
    if (!item.is_string()) return malformed("member_type", {{"member", path}, {"type", "text"}});
    const auto& text = item.get_ref<const std::string&>();
    const auto proof = rules::parse_proof(text);
    if (!proof)
      return Members::unknown_word(path, text, Members::words_to(rules::Proof::guardianship_certificate));
    facts.proofs.add(*proof);
  }
  return {};
}

Result<void> read_exception(Members& whole, Facts& facts) {
  SHOMEI_TRY(auto members, whole.object_if("exception"));
  if (!members) return {};
  rules::Exception exception;
  SHOMEI_TRY(auto ground, members->text_if("ground"));
  exception.ground = std::move(ground).value_or("");
  SHOMEI_TRY(exception.second_officer, members->flag("second_officer", false));
  SHOMEI_CHECK(members->expect_no_other());
  facts.exception = std::move(exception);
  return {};
}

Result<void> read_reservation(Members& whole, Facts& facts) {
  SHOMEI_TRY(auto members, whole.object_if("reservation"));
  if (!members) return {};
  SHOMEI_TRY(facts.reservation_made_at, members->instant("made_at"));
  return members->expect_no_other();
}

Result<void> read_authority(Members& whole, Facts& facts) {
  SHOMEI_TRY(auto members, whole.object_if("authority"));
  if (!members) return {};
  SHOMEI_TRY(facts.authority_valid_until, members->date_if("valid_until"));
  SHOMEI_TRY(facts.authority_issues_until, members->date_if("issues_until"));
  return members->expect_no_other();
}

Result<void> read_act(Members& whole, Facts& facts) {
  SHOMEI_TRY(facts.applicant,
             whole.word_if("applicant", rules::parse_applicant, rules::Applicant::voluntary_agent));
  SHOMEI_TRY(facts.ground, whole.word_if("ground", rules::parse_ground, rules::Ground::authority_compromise));
  SHOMEI_TRY(facts.stated_reason,
             whole.word_if("reason", rules::parse_reason, rules::Reason::certificateHold));
  SHOMEI_TRY(facts.event, whole.word_if("event", rules::parse_event, rules::Event::card_returned));
  SHOMEI_TRY(facts.at, whole.instant_if("at"));
  return {};
}

void put(json& object, const char* member, const std::optional<Date>& day) {
  if (day) object[member] = format_date(*day);
}
void put(json& object, const char* member, const std::optional<Instant>& at) {
  if (at) object[member] = format_jst(*at);
}
void put(json& object, const char* member, const std::optional<rules::Municipality>& code) {
  if (code) object[member] = rules::format_municipality(*code);
}
template <class E>
requires std::is_enum_v<E>
void put(json& object, const char* member, const std::optional<E>& word) {
  if (word) object[member] = name(*word);
}

json encode_resident(const Facts& facts) {
  json resident{{"adult_ward", facts.adult_ward}};
  put(resident, "born", facts.born);
  put(resident, "status", facts.status);
  put(resident, "period_of_stay_ends", facts.period_of_stay_ends);
  put(resident, "died", facts.died);
  put(resident, "left_register", facts.left_register);
  put(resident, "municipality", facts.municipality);
  put(resident, "registered_domicile", facts.registered_domicile);
  if (const auto& moving = facts.moving_abroad)
    resident["moving_abroad"] = {{"continued_use", moving->continued_use},
                                 {"planned", format_date(moving->planned)}};
  return resident;
}

json encode_card(const Facts& facts) {
  json card{{"kind", name(facts.card_kind)}, {"state", name(facts.card_state)}};
  put(card, "valid_until", facts.card_valid_until);
  return card;
}

json encode_office(const rules::Office& office) {
  json encoded{{"kind", name(office.kind)}};
  put(encoded, "municipality", office.municipality);
  if (!office.chain.empty()) encoded["chain"] = office.chain;
  if (office.hours) encoded["hours"] = rules::format_hours(*office.hours);
  return encoded;
}

json encode_proofs(const rules::Proofs& proofs) {
  json list = json::array();
  for (int i = 0; i < rules::kProofs; ++i) {
    const auto proof = static_cast<rules::Proof>(i);
    for (int n = 0; n < proofs.count(proof); ++n) list.push_back(name(proof));
  }
  return list;
}

json encode_certificates(const Facts& facts) {
  json list = json::array();
  for (const auto& c : facts.certificates)
    list.push_back(
        {{"kind", name(c.kind)}, {"not_after", format_date(c.not_after)}, {"state", name(c.state)}});
  return list;
}

}  // namespace

Result<Facts> parse_facts(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kFactsBytesMax));
  Members members(object);
  Facts facts;
  SHOMEI_CHECK(read_resident(members, facts));
  SHOMEI_CHECK(read_card(members, facts));
  SHOMEI_CHECK(read_certificates(members, facts));
  SHOMEI_CHECK(read_office(members, facts));
  SHOMEI_CHECK(read_proofs(members, facts));
  SHOMEI_CHECK(read_exception(members, facts));
  SHOMEI_CHECK(read_reservation(members, facts));
  SHOMEI_CHECK(read_authority(members, facts));
  SHOMEI_CHECK(read_act(members, facts));
  SHOMEI_CHECK(members.expect_no_other());
  return facts;
}

std::string encode_facts(const Facts& facts) {
  json object{{"card", encode_card(facts)}, {"resident", encode_resident(facts)}};
  if (!facts.certificates.empty()) object["certificates"] = encode_certificates(facts);
  if (facts.office) object["office"] = encode_office(*facts.office);
  if (auto proofs = encode_proofs(facts.proofs); !proofs.empty()) object["proofs"] = std::move(proofs);
  if (const auto& exception = facts.exception)
    object["exception"] = {{"ground", exception->ground}, {"second_officer", exception->second_officer}};
  if (facts.reservation_made_at) put(object["reservation"], "made_at", facts.reservation_made_at);
  if (facts.authority_valid_until || facts.authority_issues_until) {
    put(object["authority"], "valid_until", facts.authority_valid_until);
    put(object["authority"], "issues_until", facts.authority_issues_until);
  }
  put(object, "applicant", facts.applicant);
  put(object, "ground", facts.ground);
  put(object, "reason", facts.stated_reason);
  put(object, "event", facts.event);
  put(object, "at", facts.at);
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace shomei::explain
