// Writes a filter. Pure: what differs between two builds of one state comes as arguments.
#pragma once

#include "filter/filter.h"
#include "filter/source.h"

namespace shomei::filter {

// When and where the source stands.
struct Edition {
  std::string
      checkpoint;  // the signed note of the journal's checkpoint; the source visits what was issued up to it
  // Verifiers take a certificate for covered whose notBefore is not later. So nothing may be under way then
  // that is issued later with an earlier notBefore: at the latest the moment of the checkpoint's last entry,
  // and earlier where an issue had been begun and not ended.
  Instant made_at;
};

// Walks the source twice. `salt` is fresh random bytes, never used before; the same arguments give the same
// filter. Keeps some 50 bytes a revoked certificate while it builds, and nothing of the good ones but those
// few that the first map takes for revoked. What the source says; conflict "filter_source_moved",
// "filter_serial_twice" {authority}; refused "filter_authorities_unfit" {what}, "filter_too_large" {bytes};
// what Filter::open says of the checkpoint.
Result<Bytes> write_filter(Source& source, const Edition& edition, const Salt& salt,
                           const journal::VerifierKey& key, crypto::Signer& signer);

// How many bits a fingerprint has where so many are good and so many revoked: what makes both maps together
// smallest.
unsigned fingerprint_bits(std::uint64_t good, std::uint64_t revoked);

}  // namespace shomei::filter
