#include "filter/write_delta.h"

#include <algorithm>
#include <bit>

#include "filter/walk.h"

namespace shomei::filter {
namespace {

// Keys are cut so short that no other issued certificate is likely to begin alike: one in a thousand deltas
// has one, which the second walk finds, and takes a byte more.
constexpr unsigned kSpareBits = 10;

bool says_revoked(const Filter& from, std::size_t authority, const Key& key) {
  const auto& sections = from.sections();
  return authority < sections.size() && sections[authority].revoked(key);
}

Result<void> check_continuation(const Filter& from, const Standing& to,
                                const std::vector<Authority>& authorities) {
  SHOMEI_CHECK(check_authorities(authorities));
  const auto size = to.checkpoint.size, base_size = from.base_standing().checkpoint.size;
  if (size < base_size || to.made_at < from.base_standing().made_at)
    return conflict("filter_delta_backwards",
                    {{"size", std::to_string(size)}, {"base_size", std::to_string(base_size)}});
  const auto& sections = from.sections();
  const bool begins =
      authorities.size() >= sections.size() &&
      std::ranges::equal(sections, std::span(authorities).first(sections.size()), {}, &Section::authority);
  if (!begins) return conflict("filter_authorities_moved");
  return {};
}

// Every certificate that the filter is wrong about, whole keys.
struct Gathered {
  std::vector<Tally> tallies;
  std::vector<Changes> changes;
};

Result<Gathered> gather(const Filter& from, Source& source, const std::vector<Authority>& authorities) {
  Gathered gathered;
  gathered.changes.resize(authorities.size());
  const auto compare = [&](std::size_t authority, const Key& key, bool revoked) {
    if (says_revoked(from, authority, key) == revoked) return;
    auto& changes = gathered.changes[authority];
    (revoked ? changes.revoked : changes.good).push_back(key);
  };
  SHOMEI_TRY(gathered.tallies, walk(source, from.salt(), compare));
  for (std::size_t i = 0; i < authorities.size(); ++i) {
    SHOMEI_CHECK(sort_once(gathered.changes[i].revoked, authorities[i]));
    SHOMEI_CHECK(sort_once(gathered.changes[i].good, authorities[i]));
  }
  return gathered;
}

std::vector<Key> merged(const Changes& changes) {
  std::vector<Key> all;
  all.reserve(changes.revoked.size() + changes.good.size());
  std::ranges::merge(changes.revoked, changes.good, std::back_inserter(all));
  return all;
}

unsigned first_length(const Gathered& gathered) {
  std::uint64_t issued = 0, changed = 0;
  for (const auto& tally : gathered.tallies) issued += tally.count.issued;
  for (const auto& changes : gathered.changes) changed += changes.revoked.size() + changes.good.size();
  const auto bits = static_cast<unsigned>(std::bit_width(issued) + std::bit_width(changed)) + kSpareBits;
  return std::min(kKeyBytes, (bits + 7) / 8);
}

bool begins_alike(const Key& a, const Key& b, unsigned bytes) {
  return a != b && prefix_of(a, bytes) == prefix_of(b, bytes);
}

// Whether a change begins as another key does that is the source's: it would change that one's answer too.
// All keys that begin alike stand together, so the neighbours of where the key would stand tell.
bool ambiguous(const std::vector<Key>& changed, const Key& key, unsigned bytes) {
  const auto at = std::ranges::lower_bound(changed, key);
  return (at != changed.end() && begins_alike(*at, key, bytes)) ||
         (at != changed.begin() && begins_alike(*std::prev(at), key, bytes));
}

// The shortest keys, from so many bytes on, that mean one certificate each.
Result<unsigned> unambiguous_length(const Gathered& gathered, Source& source, const Salt& salt) {
  std::vector<std::vector<Key>> changed;
  for (const auto& changes : gathered.changes) changed.push_back(merged(changes));
  for (unsigned bytes = first_length(gathered);; ++bytes) {
    bool clear = true;
    const auto look = [&](std::size_t authority, const Key& key, bool) {
      clear = clear && !ambiguous(changed[authority], key, bytes);
    };
    SHOMEI_CHECK(walk_again(source, salt, gathered.tallies, look));
    if (clear || bytes == kKeyBytes) return bytes;
  }
}

}  // namespace

Result<Bytes> write_delta(const Filter& from, Source& source, const Edition& edition,
                          const journal::VerifierKey& key, crypto::Signer& signer) {
  SHOMEI_TRY(const auto standing, standing_of(edition.checkpoint, edition.made_at, key));
  const auto authorities = source.authorities();
  SHOMEI_CHECK(check_continuation(from, standing, authorities));
  SHOMEI_TRY(auto gathered, gather(from, source, authorities));
  SHOMEI_TRY(const auto bytes, unambiguous_length(gathered, source, from.salt()));
  std::vector<Count> counts;
  for (const auto& tally : gathered.tallies) counts.push_back(tally.count);
  const DeltaContent content{from.digest(),     from.base_standing().checkpoint.size, bytes, authorities,
                             std::move(counts), std::move(gathered.changes)};
  SHOMEI_TRY(auto file, seal(FileKind::delta, standing, encode_delta(content), signer));
  SHOMEI_CHECK(Delta::open(file, key));
  return file;
}

}  // namespace shomei::filter
