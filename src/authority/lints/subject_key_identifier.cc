// The subject key identifier is the SHA-1 of the key's bits.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const auto* identifier = r.find(pki::extension_id::subject_key_identifier());
  if (!identifier) return false;
  Path outer(identifier->value);
  return equal(outer.take(der::kOctetString), crypto::sha1(r.key_bits)) && outer.end();
}

}  // namespace

constinit const Lint kSubjectKeyIdentifier{
    .id = "subject_key_identifier",
    .citation = "RFC 5280 4.2.1.2; jpki-facts 2.2",
    .demand = "the subject key identifier is the SHA-1 of the key's bits",
    .demand_ja = "主体者鍵識別子が鍵のビット列の SHA-1 である",
    .holds = holds};

}  // namespace shomei::authority::lints
