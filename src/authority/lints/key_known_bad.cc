// The key is on no list of keys that are known to be bad: those that the caller has.
#include <algorithm>
#include <optional>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "crypto/digest.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  std::optional<crypto::Sha256> digest;
  return std::ranges::none_of(r.in.known.lists, [&](const crypto::KeyList& list) {
    if (list.digest() != crypto::KeyDigest::spki_sha256) return false;
    if (!digest) digest = crypto::sha256(r.spki);
    return list.contains(*digest);
  });
}

}  // namespace

constinit const Lint kKeyKnownBad{.id = "key_known_bad",
                                  .citation = "CA/Browser Forum BR 6.1.1.3",
                                  .demand = "the key is on no list of known bad keys that the home has",
                                  .demand_ja = "鍵が、ホームにある既知の不良鍵の一覧にない",
                                  .holds = holds};

}  // namespace shomei::authority::lints
