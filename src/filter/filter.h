// Filter: who of everybody is revoked or suspended, in few bits, for a verifier that asks nobody
// (docs/formats/revocation-filter.md has every byte).
//
// It answers without fault for every certificate that its authorities had issued up to its checkpoint, and
// for no other: it keeps no serial numbers, so a number that was never issued gets some answer. Whoever asks
// has therefore verified the certificate first, and knows by covers() that it is not later than the filter;
// check_certificate (filter/check.h) does both.
#pragma once

#include <optional>
#include <vector>

#include "filter/delta.h"
#include "filter/sealed_file.h"
#include "filter/section.h"

namespace shomei::filter {

enum class Answer {
  good,
  revoked_or_held,
  authority_not_covered,  // that authority is not in the filter
  later_than_filter,      // of check_certificate alone: issued, as it says, after the filter was made
};
std::string_view name(Answer answer);  // "good", "revoked_or_held", ...

class Filter {
 public:
  // Believes nothing of the bytes before the signature holds, and copies what it keeps. malformed
  // "filter_form" {what}; refused "filter_unsigned" {key}, "filter_of_another_journal" {origin, key}; what
  // open_checkpoint says.
  static Result<Filter> open(ByteView file, const journal::VerifierKey& key);

  // Brings the filter to where the delta stands. Deltas are all made from the filter as it was opened, and
  // one takes the place of the one before. conflict "filter_delta_of_another" {base, filter},
  // "filter_delta_older" {size, standing}; after an error the filter is as it was.
  Result<void> apply(Delta delta);

  Answer answer(const Issuer& issuer, const pki::SerialNumber& serial) const;
  // Whether a certificate that is valid from then on was issued before the filter, with its delta, was made.
  bool covers(Instant not_before) const { return not_before <= standing().made_at; }

  const Standing& standing() const { return delta_ ? delta_->standing() : standing_; }
  const std::vector<Authority>& authorities() const { return delta_ ? delta_->authorities() : authorities_; }
  const std::vector<Count>& counts() const { return delta_ ? delta_->counts() : counts_; }  // of those

  // The filter as it was opened, whatever was applied: what deltas are made from.
  const Standing& base_standing() const { return standing_; }
  const crypto::Sha256& digest() const { return digest_; }
  const Salt& salt() const { return salt_; }
  const std::vector<Section>& sections() const { return sections_; }

 private:
  Filter() = default;
  Standing standing_;
  crypto::Sha256 digest_{};
  Salt salt_{};
  std::vector<Section> sections_;
  std::vector<Authority> authorities_;  // of the sections, and what they count
  std::vector<Count> counts_;
  std::optional<Delta> delta_;
};

// The content of a filter's file.
Bytes encode_sections(const Salt& salt, std::span<const Section> sections);

}  // namespace shomei::filter
