// Query: which certificates a mass act is about, as a value. What it does not name, it does not ask about;
// what it names, all of it must hold. docs/formats/mass-act.md has its JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/identifier.h"
#include "crypto/algorithm.h"
#include "crypto/digest.h"
#include "pki/certificate_kind.h"
#include "pki/serial_number.h"

namespace shomei::mass {

// What can be wrong with a key (crypto/weak_keys.h, authority/lint.h, journal::BlockedKey).
enum class Weakness : std::uint8_t { roca, small_factor, close_primes, shared_prime, listed, blocked };
std::string_view name(Weakness weakness);

struct KeyQuery {
  std::vector<crypto::KeyType> types;  // any of them
  std::optional<std::int64_t> rsa_exponent;
  std::vector<Weakness> weak;  // any of them
  bool asks() const { return !types.empty() || rsa_exponent || !weak.empty(); }
  bool operator==(const KeyQuery&) const = default;
};

// A certificate of a list: its number, and its authority where the list says it.
struct Listed {
  pki::SerialNumber serial;
  std::string authority;
  auto operator<=>(const Listed&) const = default;
};
// A list that came in a file: what it says, ascending, each once.
template <class Item>
struct FileList {
  std::vector<Item> items;
  crypto::Sha256 digest{};  // of the file
  bool operator==(const FileList&) const = default;
};

struct Query {
  std::vector<std::string> authorities;  // "signature-1"; any of them, as of the lists below
  std::vector<pki::CertificateKind> kinds;
  std::vector<OfficeId> offices;            // that issued it
  std::vector<std::string> municipalities;  // of its revocation list
  std::optional<Instant> issued_from;       // it begins then or later
  std::optional<Instant> issued_until;      // and before that
  KeyQuery key;
  std::optional<FileList<Listed>> certificates;
  std::optional<FileList<CardId>> cards;  // the cards of a maker's batch, as the maker lists them
  bool operator==(const Query&) const = default;
};

// From its JSON, without lists. malformed: what json/members.h says, "mass_list_too_long".
Result<Query> parse_query(std::string_view text);
// With the digests and lengths of its lists in their place; one text for one query.
std::string encode_query(const Query& query);
// refused "mass_query_empty": it would be about everything that was ever issued.
Result<void> expect_not_empty(const Query& query);

}  // namespace shomei::mass
