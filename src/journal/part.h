// The person and operator parts: named fields in ascending order of their names. The names that acts use are
// the constants below; a reader keeps fields that it does not know.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::journal {

using Fields = std::map<std::string, Bytes, std::less<>>;

namespace field {
// operator part
inline constexpr std::string_view kAct = "act";      // "issue", "move", ...
inline constexpr std::string_view kActor = "actor";  // who did it: an officer's identifier, or "system"
inline constexpr std::string_view kOffice = "office";
inline constexpr std::string_view kRequest = "request";    // the caller's request identifier
inline constexpr std::string_view kSoftware = "software";  // name and version of what wrote the entry
inline constexpr std::string_view kRuleSet = "rule_set";
inline constexpr std::string_view kRefusal = "refusal";  // the code of a refusal
inline constexpr std::string_view kGround = "ground";    // why a person was erased, in the officer's words
inline constexpr std::string_view kErased = "erased";    // how many parts were
inline constexpr std::string_view kKey = "key";          // SHA-256 of a SubjectPublicKeyInfo, in hexadecimal
inline constexpr std::string_view kCause = "cause";      // why a key is blocked, in the officer's words
inline constexpr std::string_view kProof = "proof";  // base64: a signature by the key (counter/block_key.h)
inline constexpr std::string_view kPublicKey = "public_key";  // base64 of DER: what the proof holds under
inline constexpr std::string_view kList = "list";      // a file of bad keys: its SHA-256, in hexadecimal
inline constexpr std::string_view kKeys = "keys";      // how many are on it
inline constexpr std::string_view kCounts = "counts";  // JSON: what verifiers asked of the status service
// of officers (src/officers/)
inline constexpr std::string_view kCredential = "credential";    // SHA-256 of the certificate that was shown
inline constexpr std::string_view kBreakGlass = "break_glass";   // why, in the officer's words
inline constexpr std::string_view kOfficer = "officer";          // whom an appointment is about
inline constexpr std::string_view kRoles = "roles";              // "counter_clerk,supervisor"; "dismissed"
inline constexpr std::string_view kOffices = "offices";          // identifiers, or "*"
inline constexpr std::string_view kCredentials = "credentials";  // lines (appointment.cc)
inline constexpr std::string_view kCertified = "certified";      // SHA-256 of an officer's new certificate
inline constexpr std::string_view kProposed = "proposed";        // the act that others are to agree to
inline constexpr std::string_view kContent = "content";          // SHA-256 of all that was asked
inline constexpr std::string_view kSummary = "summary";          // for who is asked to agree
inline constexpr std::string_view kApprovals = "approvals";      // how many are needed
inline constexpr std::string_view kExpiresAt = "expires_at";
inline constexpr std::string_view kProposal = "proposal";  // the request that is agreed to
inline constexpr std::string_view kGlass = "glass";        // the act that is acknowledged
inline constexpr std::string_view kMass = "mass";          // JSON: a mass act's order, part or report
inline constexpr std::string_view kBound = "bound";  // hexadecimal: what binds the act (journal/binding.h)
// person part
inline constexpr std::string_view kFactors = "factors";  // DER: prime factors of the key, which give it away
inline constexpr std::string_view kResident = "resident";
inline constexpr std::string_view kCard = "card";
// intent of an issue: the token serial number of the card that made the key
inline constexpr std::string_view kAttested = "attested";
inline constexpr std::string_view kBoundSalt = "bound_salt";  // intent: 32 random bytes of `bound`
inline constexpr std::string_view kCardState = "card_state";  // of a returned card: what it is now
inline constexpr std::string_view kFacts = "facts";           // JSON: what the rules looked at
inline constexpr std::string_view kDecision = "decision";     // JSON: what they said
// JSON: what was set otherwise than the default
inline constexpr std::string_view kRuleSettings = "rule_settings";
inline constexpr std::string_view kTbsCertificate = "tbs_certificate";  // intent: what will be signed (DER)
inline constexpr std::string_view kCertificate = "certificate";         // result: what was signed (DER)
inline constexpr std::string_view kBefore = "before";  // JSON: the register row before an event
inline constexpr std::string_view kAfter = "after";    // JSON: and after it
}  // namespace field

inline constexpr std::size_t kPartBytesMax = 1024 * 1024;  // of any part's body

Bytes encode_fields(const Fields& fields);
Result<Fields> parse_fields(ByteView der);                      // malformed "part_form"
std::string text(const Fields& fields, std::string_view name);  // "" when absent

}  // namespace shomei::journal
