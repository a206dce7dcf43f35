// The key usage is digitalSignature, in a signature certificate with nonRepudiation, and nothing else.
#include <array>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

// BIT STRING of named bits: the count of those unused, then the bits.
constexpr std::array<std::uint8_t, 4> kSignature{0x03, 0x02, 0x06, 0xC0};
constexpr std::array<std::uint8_t, 4> kUserAuthentication{0x03, 0x02, 0x07, 0x80};

bool holds(const Reading& r) {
  const auto* usage = r.find(pki::extension_id::key_usage());
  return usage && equal(usage->value, r.is_signature() ? kSignature : kUserAuthentication);
}

}  // namespace

constinit const Lint kKeyUsage{
    .id = "key_usage",
    .citation = "RFC 5280 4.2.1.3; jpki-facts 2.2, 2.3",
    .demand =
        "the key usage is digitalSignature, in a signature certificate with nonRepudiation, and nothing else",
    .demand_ja = "鍵用途が digitalSignature（署名用では nonRepudiation も）だけである",
    .holds = holds};

}  // namespace shomei::authority::lints
