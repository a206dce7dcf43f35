#include "issuer/card_name.h"

#include <algorithm>

#include "der/writer.h"

namespace shomei::issuer {
namespace {

const der::Oid& serial_number() {
  static const der::Oid oid("2.5.4.5");
  return oid;
}

Error bad_form() {
  return malformed("attestation_form", {{"what", "the certificate's serialNumber"}});
}

// The serialNumbers in it; each RDN has one attribute, as pki::Name demands.
Result<std::vector<std::string>> serial_numbers(const pki::Name& name) {
  std::vector<std::string> found;
  SHOMEI_TRY(auto rdns, der::enter_single(name.der()));
  while (!rdns.done()) {
    SHOMEI_TRY(auto set, rdns.enter(der::kSet));
    SHOMEI_TRY(auto pair, set.enter(der::kSequence));
    SHOMEI_TRY(const auto type, pair.take_oid());
    SHOMEI_TRY(auto value, pair.take_string());
    if (type == serial_number()) found.push_back(std::move(value));
  }
  return found;
}

}  // namespace

Result<pki::Name> card_name(const std::vector<std::string>& organizations, const TokenSerial& serial) {
  pki::Name name;
  name.add(pki::NameAttribute::country, "JP");
  for (const auto& o : organizations) name.add(pki::NameAttribute::organization, o);
  name.add(pki::NameAttribute::common_name, "Card");
  SHOMEI_TRY(const auto before, der::parse_single(name.der()));
  // PrintableString alone (RFC 5280 appendix A.1).
  const Bytes pair = der::sequence({der::oid(serial_number()), der::printable_string(to_text(serial))});
  const Bytes whole = der::sequence({before.content, der::set_of({pair})});
  der::Reader reader(whole);
  return pki::Name::take(reader);
}

Result<TokenSerial> token_serial_in(const pki::Name& name) {
  const auto numbers = serial_numbers(name);
  TokenSerial serial{};
  if (!numbers || numbers->size() != 1 || numbers->front().size() != serial.size()) return bad_form();
  std::ranges::copy(numbers->front(), serial.begin());
  return serial;
}

}  // namespace shomei::issuer
