#include "journal/certificate_record.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace shomei::journal {
namespace {

constexpr std::array<std::pair<CertificateState, std::string_view>, 5> kStates{
    {{CertificateState::reserved, "reserved"},
     {CertificateState::valid, "valid"},
     {CertificateState::suspended, "suspended"},
     {CertificateState::revoked, "revoked"},
     {CertificateState::written_off, "written_off"}}};

}  // namespace

std::string_view name(CertificateState state) {
  for (const auto& [value, text] : kStates)
    if (value == state) return text;
  SHOMEI_INVARIANT(false);
}

Result<CertificateState> parse_certificate_state(std::string_view wanted) {
  for (const auto& [value, text] : kStates)
    if (text == wanted) return value;
  return internal("store_row_broken", {{"what", "the certificate state \"" + std::string(wanted) + "\""}});
}

std::string_view name(Carrier carrier) {
  return carrier == Carrier::card ? "card" : "phone";
}

Result<Carrier> parse_carrier(std::string_view wanted) {
  for (auto carrier : {Carrier::card, Carrier::phone})
    if (name(carrier) == wanted) return carrier;
  return internal("store_row_broken", {{"what", "the carrier \"" + std::string(wanted) + "\""}});
}

}  // namespace shomei::journal
