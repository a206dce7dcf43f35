#include "filter/write_filter.h"

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "filter/build_retrieval.h"
#include "filter/walk.h"

namespace shomei::filter {
namespace {

using KeyLists = std::vector<std::vector<Key>>;  // one an authority

Result<void> sort_lists(KeyLists& lists, const std::vector<Authority>& authorities) {
  for (std::size_t i = 0; i < lists.size(); ++i) SHOMEI_CHECK(sort_once(lists[i], authorities[i]));
  return {};
}

Section begin_section(const Authority& authority, const Count& count, const std::vector<Key>& revoked) {
  Section section{authority, count, {}, {}};
  if (!has_maps(count)) return section;
  if (const unsigned bits = fingerprint_bits(count.issued - count.revoked, count.revoked))
    section.first = build_retrieval(revoked, bits, 0, [&](std::size_t i, const Shape& shape) {
      return fingerprint_of(revoked[i], shape);
    });
  return section;
}

// The second map, from the revoked and the good that the first map takes for them. Uses `revoked` up.
Result<void> end_section(Section& section, std::vector<Key>& revoked, const std::vector<Key>& alike) {
  if (!has_maps(section.count)) return {};
  std::vector<Key> all;
  all.reserve(revoked.size() + alike.size());
  std::vector<bool> ones;
  ones.reserve(all.capacity());
  for (auto r = revoked.cbegin(), a = alike.cbegin(); r != revoked.end() || a != alike.end();) {
    const bool is_revoked = a == alike.end() || (r != revoked.end() && *r <= *a);
    all.push_back(is_revoked ? *r++ : *a++);
    ones.push_back(is_revoked);
  }
  revoked = {};
  if (std::ranges::adjacent_find(all) != all.end()) return serial_twice(section.authority);
  section.second = build_retrieval(all, 1, section.first.shape().seed + 1,
                                   [&](std::size_t i, const Shape&) { return std::uint32_t{ones[i]}; });
  for (std::size_t i = 0; i < all.size(); ++i) SHOMEI_INVARIANT(section.revoked(all[i]) == ones[i]);
  return {};
}

Result<std::vector<Section>> build(Source& source, const Salt& salt) {
  const auto authorities = source.authorities();
  SHOMEI_CHECK(check_authorities(authorities));
  KeyLists revoked(authorities.size()), alike(authorities.size());
  const auto gather = [&](std::size_t authority, const Key& key, bool is_revoked) {
    if (is_revoked) revoked[authority].push_back(key);
  };
  SHOMEI_TRY(const auto tallies, walk(source, salt, gather));
  SHOMEI_CHECK(sort_lists(revoked, authorities));
  std::vector<Section> sections;
  for (std::size_t i = 0; i < authorities.size(); ++i)
    sections.push_back(begin_section(authorities[i], tallies[i].count, revoked[i]));
  const auto gather_alike = [&](std::size_t authority, const Key& key, bool is_revoked) {
    const auto& section = sections[authority];
    if (!is_revoked && has_maps(section.count) && section.first.matches(key)) alike[authority].push_back(key);
  };
  SHOMEI_CHECK(walk_again(source, salt, tallies, gather_alike));
  SHOMEI_CHECK(sort_lists(alike, authorities));
  for (std::size_t i = 0; i < authorities.size(); ++i)
    SHOMEI_CHECK(end_section(sections[i], revoked[i], alike[i]));
  return sections;
}

}  // namespace

// With k bits the maps have k + 1 + (good / revoked) / 2^k bits a revoked certificate; one bit more is better
// as long as it halves more than two good ones a revoked.
unsigned fingerprint_bits(std::uint64_t good, std::uint64_t revoked) {
  SHOMEI_INVARIANT(revoked != 0);
  const auto ratio = good / revoked;
  return std::min(kColumnsMax, static_cast<unsigned>(std::bit_width(ratio | 1)) - 1);
}

Result<Bytes> write_filter(Source& source, const Edition& edition, const Salt& salt,
                           const journal::VerifierKey& key, crypto::Signer& signer) {
  SHOMEI_TRY(const auto standing, standing_of(edition.checkpoint, edition.made_at, key));
  SHOMEI_TRY(const auto sections, build(source, salt));
  SHOMEI_TRY(auto file, seal(FileKind::filter, standing, encode_sections(salt, sections), signer));
  SHOMEI_CHECK(Filter::open(file, key));  // another key than the journal's would write what nobody can read
  return file;
}

}  // namespace shomei::filter
