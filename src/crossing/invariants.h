// The invariants of the wrong-person guard: what `journal check` proves, each with an identifier that is for
// ever and a sentence. A code of `journal verify` is about the journal being whole; these are about it
// speaking of one person at a time.
#pragma once

#include <span>
#include <string_view>

namespace shomei::crossing {

struct Invariant {
  std::string_view id;
  std::string_view en, ja;
};

std::span<const Invariant> all_invariants();

namespace invariant {
// Of the entries of one act, and of one request.
inline constexpr std::string_view kActPerson = "act_person";
inline constexpr std::string_view kActOfficer = "act_officer";
inline constexpr std::string_view kActBound = "act_bound";
inline constexpr std::string_view kRequestPerson = "request_person";
inline constexpr std::string_view kRequestAct = "request_act";
// Of a certificate.
inline constexpr std::string_view kCertificatePrepared = "certificate_prepared";
inline constexpr std::string_view kCertificateAttested = "certificate_attested";
inline constexpr std::string_view kCertificateAttributes = "certificate_attributes";
inline constexpr std::string_view kCertificatePlace = "certificate_place";
inline constexpr std::string_view kStatusPerson = "status_person";
inline constexpr std::string_view kKeyOnce = "key_once";
// Of a person.
inline constexpr std::string_view kCardHolder = "card_holder";
inline constexpr std::string_view kAboutPerson = "about_person";
inline constexpr std::string_view kFactsPerson = "facts_person";
inline constexpr std::string_view kRegisterChain = "register_chain";
inline constexpr std::string_view kRegisterRow = "register_row";
// Of the rows, against the entries.
inline constexpr std::string_view kRowPerson = "row_person";
inline constexpr std::string_view kRowCertificate = "row_certificate";
inline constexpr std::string_view kRowState = "row_state";
inline constexpr std::string_view kRowMissing = "row_missing";
}  // namespace invariant

}  // namespace shomei::crossing
