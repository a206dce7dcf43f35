// The RSA modulus is none that Debian's OpenSSL made while its random numbers were few (2006 to 2008): those
// on the lists that the caller has, which name moduli in a form of their own.
#include <algorithm>
#include <optional>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  std::optional<crypto::DebianDigest> digest;
  return std::ranges::none_of(r.in.known.lists, [&](const crypto::KeyList& list) {
    if (list.digest() != crypto::KeyDigest::debian_modulus) return false;
    if (!digest) digest = crypto::debian_digest(r.modulus_magnitude());
    return list.contains(*digest);
  });
}

}  // namespace

constinit const Lint kRsaDebianWeak{
    .id = "rsa_debian_weak",
    .citation = "CVE-2008-0166",
    .about = Lint::About::rsa_key,
    .demand = "the RSA modulus is on no list of Debian's weak keys that the home has",
    .demand_ja = "RSA の法が、ホームにある Debian の弱い鍵の一覧にない",
    .holds = holds};

}  // namespace shomei::authority::lints
