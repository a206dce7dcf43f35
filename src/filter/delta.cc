#include "filter/delta.h"

#include <algorithm>
#include <functional>

#include "base/check.h"

namespace shomei::filter {
namespace {

struct Lengths {
  std::uint64_t revoked = 0, good = 0;
};

Result<Lengths> take_lengths(Cursor& cursor) {
  Lengths lengths;
  SHOMEI_TRY(lengths.revoked, cursor.take_number(4));
  SHOMEI_TRY(lengths.good, cursor.take_number(4));
  return lengths;
}

Result<std::vector<Key>> take_keys(Cursor& cursor, std::uint64_t count, unsigned key_bytes) {
  SHOMEI_TRY(const auto bytes, cursor.take(count * key_bytes));
  std::vector<Key> keys;
  keys.reserve(count);
  for (std::size_t at = 0; at < bytes.size(); at += key_bytes)
    keys.push_back(key_of_prefix(bytes.subspan(at, key_bytes)));
  if (std::ranges::adjacent_find(keys, std::greater_equal<>{}) != keys.end())
    return bad_form("keys do not ascend");
  return keys;
}

bool disjoint(const Changes& changes) {
  return std::ranges::none_of(
      changes.good, [&](const Key& key) { return std::ranges::binary_search(changes.revoked, key); });
}

void append_keys(Bytes& to, const std::vector<Key>& keys, unsigned key_bytes) {
  for (const auto& key : keys) append_prefix(to, key, key_bytes);
}

}  // namespace

Result<Delta> Delta::open(ByteView file, const journal::VerifierKey& key) {
  SHOMEI_TRY(auto sealed, open_sealed(FileKind::delta, file, key));
  Delta delta;
  Cursor cursor(sealed.content);
  SHOMEI_TRY(delta.base_, cursor.take_digest());
  SHOMEI_TRY(delta.base_size_, cursor.take_number(8));
  SHOMEI_TRY(const auto key_bytes, cursor.take_number(1));
  if (key_bytes < 1 || key_bytes > kKeyBytes) return bad_form("keys have no such length");
  delta.key_bytes_ = static_cast<unsigned>(key_bytes);
  SHOMEI_TRY(const auto count, cursor.take_number(1));
  std::vector<Lengths> lengths;
  for (std::uint64_t i = 0; i < count; ++i) {
    SHOMEI_TRY(auto authority, take_authority(cursor));
    SHOMEI_TRY(const auto counted, take_count(cursor));
    SHOMEI_TRY(const auto both, take_lengths(cursor));
    delta.authorities_.push_back(std::move(authority));
    delta.counts_.push_back(counted);
    lengths.push_back(both);
  }
  for (const auto& [revoked, good] : lengths) {
    Changes changes;
    SHOMEI_TRY(changes.revoked, take_keys(cursor, revoked, delta.key_bytes_));
    SHOMEI_TRY(changes.good, take_keys(cursor, good, delta.key_bytes_));
    if (!disjoint(changes)) return bad_form("a key is revoked and good");
    delta.changes_.push_back(std::move(changes));
  }
  SHOMEI_CHECK(cursor.expect_done());
  if (!check_authorities(delta.authorities_)) return bad_form("its authorities cannot be");
  delta.standing_ = std::move(sealed.standing);
  return delta;
}

std::optional<bool> Delta::answer(std::size_t authority, const Key& key) const {
  const Key wanted = prefix_of(key, key_bytes_);
  const auto& changes = changes_[authority];
  if (std::ranges::binary_search(changes.revoked, wanted)) return true;
  if (std::ranges::binary_search(changes.good, wanted)) return false;
  return std::nullopt;
}

Bytes encode_delta(const DeltaContent& content) {
  SHOMEI_INVARIANT(content.counts.size() == content.authorities.size() &&
                   content.changes.size() == content.authorities.size());
  Bytes to = to_bytes(content.base);
  append_u64(to, content.base_size);
  to.push_back(static_cast<std::uint8_t>(content.key_bytes));
  to.push_back(static_cast<std::uint8_t>(content.authorities.size()));
  for (std::size_t i = 0; i < content.authorities.size(); ++i) {
    append_authority(to, content.authorities[i]);
    append_count(to, content.counts[i]);
    append_u32(to, static_cast<std::uint32_t>(content.changes[i].revoked.size()));
    append_u32(to, static_cast<std::uint32_t>(content.changes[i].good.size()));
  }
  for (const auto& changes : content.changes) {
    append_keys(to, changes.revoked, content.key_bytes);
    append_keys(to, changes.good, content.key_bytes);
  }
  return to;
}

}  // namespace shomei::filter
