// What a counter asks of the authority, as values and as JSON (docs/formats/acts.md). Both ends use this:
// what one encodes, the other parses to the same value. Read strictly: unknown members are refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counter/block_key.h"
#include "counter/change_status.h"
#include "counter/issue_online.h"

namespace shomei::services {

inline constexpr std::size_t kActBytesMax = 64 * 1024;

struct Confirmation {
  counter::Officer officer;
  pki::SerialNumber serial;
  std::optional<pki::CertificateKind> kind = {};  // as of a counter::StatusRequest
};

// The word of another officer.
struct Agreement {
  counter::Officer officer;
  RequestId proposal;  // the request of who proposed it
};

// Of nobody's record: it leaves no trace and needs no identifier.
struct Question {
  counter::Officer officer;  // without a request; the name may be left out where no officers are required
  std::string resident;      // identifier, or the whole name when it is the only one
  std::vector<pki::CertificateKind> kinds;  // at least one
  counter::Application application;
};

// malformed, with the path of the member in `member`: what json/ says, "identifier_form", "serial_form",
// "hex_form", "csr_form", "certificate_kind_unknown", "revocation_reason_unknown", "officer_name_form",
// "base64_form", "public_key_form".
Result<counter::CertificateRequest> parse_certificate_request(std::string_view text);
Result<counter::StatusRequest> parse_status_request(std::string_view text);
Result<Confirmation> parse_confirmation(std::string_view text);
Result<Question> parse_question(std::string_view text);
Result<counter::BlockRequest> parse_block_request(std::string_view text);
Result<Agreement> parse_agreement(std::string_view text);

std::string encode(const counter::CertificateRequest& request);
std::string encode(const counter::StatusRequest& request);
std::string encode(const Confirmation& confirmation);
std::string encode(const Question& question);
std::string encode(const counter::BlockRequest& request);
std::string encode(const Agreement& agreement);

}  // namespace shomei::services
