// Certificate revocation lists, version 2 (RFC 5280 section 5). encode_* writes complete lists and delta
// lists, with a directory name as distribution point and, where wanted, for one kind of certificate alone
// (jpki-facts 2.6); parse_crl reads complete lists and refuses what it could not honour: delta lists,
// indirect lists, lists of some reasons only, and every critical extension that it does not know.
// parse_delta_crl reads delta lists, and nothing that could be taken for a complete one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"
#include "pki/signed_object.h"

namespace shomei::pki {

struct RevokedEntry {
  SerialNumber serial;
  Instant revoked_at;
  std::optional<RevocationReason> reason;
  std::optional<Instant> invalidity_at;  // since when the key was, or may have been, lost
  bool operator==(const RevokedEntry&) const = default;
};

// authorityKeyIdentifier (RFC 5280 4.2.1.1): the key, and optionally the authority's certificate by its
// issuer and serial number.
struct AuthorityKey {
  struct ByCertificate {
    Bytes issuer_name_der;
    SerialNumber serial;
    bool operator==(const ByCertificate&) const = default;
  };
  Bytes key_identifier;
  std::optional<ByCertificate> certificate;
  bool operator==(const AuthorityKey&) const = default;
};

// issuingDistributionPoint (RFC 5280 5.2.5), always critical.
struct CrlScope {
  enum class Of { all, users, authorities };
  Of of = Of::all;
  std::optional<Bytes> point_name_der;  // a Name; certificates name the same one in cRLDistributionPoints
  bool operator==(const CrlScope&) const = default;
};

// Everything in a list but its entries. Names are DER of Name.
struct CrlHead {
  crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::rsa_pkcs1_sha256;
  Bytes issuer_name_der;
  Instant this_update;
  Instant next_update;
  std::optional<AuthorityKey> authority_key;
  Bytes number;  // cRLNumber, big-endian magnitude, at most 20 bytes (RFC 5280 5.2.3)
  std::optional<CrlScope> scope;
  // Of a delta list: the number of the complete list that it begins at (deltaCRLIndicator, RFC 5280 5.2.4).
  std::optional<Bytes> delta_base = {};
  // Of a complete list: the Name at which its delta lists are found (freshestCRL, RFC 5280 5.2.6). Read where
  // it has this form; any other is passed over.
  std::optional<Bytes> freshest_name_der = {};
  bool operator==(const CrlHead&) const = default;
};

struct Crl {
  CrlHead head;
  std::vector<RevokedEntry> entries;  // in the order of the list
};

// Ten million entries of the longest form, and what SQLite and PostgreSQL take as one value.
inline constexpr std::size_t kCrlBytesMax = 600'000'000;

// cRLNumber from a counter, and back; none when it is larger than a counter may be.
Bytes crl_number(std::uint64_t number);
std::optional<std::uint64_t> crl_counter(ByteView number);

// An entry without invalidityDate, as append_entry writes it, without memory of its own: for lists of
// millions.
inline constexpr std::size_t kEntryBytesMax = 55;
struct EncodedEntry {
  ByteArray<kEntryBytesMax> bytes{};
  std::size_t size = 0;
  ByteView view() const { return ByteView(bytes).first(size); }
};
// `magnitude` is that of a serial number.
EncodedEntry encode_entry(ByteView magnitude, Instant revoked_at, RevocationReason reason);

// Appends one encoded entry, in the order that the list's maker wants.
void append_entry(Bytes& to, const RevokedEntry& entry);
// `entries` is what append_entry wrote. An empty list leaves revokedCertificates out, as 5.1.2.6 demands.
Bytes encode_tbs_crl(const CrlHead& head, ByteView entries);
Bytes encode_tbs_crl(const CrlHead& head, std::span<const RevokedEntry> entries);

// The whole signed list; the signature is not verified (pki/signed_object.h does that).
// malformed "crl_form", "crl_extension_unknown", "extension_list_form", "der_form", "serial_form",
// "algorithm_unknown", "instant_form".
Result<Crl> parse_crl(ByteView der);
// A delta list; removeFromCRL may be a reason in it. malformed as above, and where it is a complete one.
Result<Crl> parse_delta_crl(ByteView der);

// The same lists, and refused for the same, without keeping their entries: for lists of millions. `each` gets
// every entry in turn, before it is known whether what comes behind it holds.
using EachEntry = std::function<void(const RevokedEntry&)>;
Result<CrlHead> read_crl(ByteView der, const EachEntry& each);
Result<CrlHead> read_delta_crl(ByteView der, const EachEntry& each);
// Nor are values made of the entries: they are looked at, and counted.
struct CrlOutline {
  CrlHead head;
  std::size_t entries = 0;
};
Result<CrlOutline> outline_crl(ByteView der);
Result<CrlOutline> outline_delta_crl(ByteView der);

// The Name, in DER, of the one point in a value of cRLDistributionPoints or freshestCRL (RFC 5280 4.2.1.13).
// malformed "der_form": it has another form.
Result<Bytes> parse_point_name(ByteView extension_value);
// The entry of that number or nullptr; walks the list.
const RevokedEntry* find_entry(const Crl& crl, const SerialNumber& serial);

}  // namespace shomei::pki
