// Reading: a certificate to be signed, taken apart once for all the lints. Its parts come from the bytes, by
// another way than pki's parser, so that the two watch each other. A part that is not there is empty.
#pragma once

#include <array>

#include "authority/lint.h"
#include "authority/lints/der_faults.h"
#include "authority/lints/path.h"

namespace shomei::authority::lints {

constexpr std::size_t kExtensionsMax = 32;
constexpr std::size_t kRdnsMax = 16;
constexpr std::size_t kOtherNamesMax = 16;

template <class T, std::size_t N>
class UpTo {  // a list without memory of its own to fetch
 public:
  bool push_back(const T& one) {
    if (size_ == N) return false;
    items_[size_++] = one;
    return true;
  }
  const T* begin() const { return items_.data(); }
  const T* end() const { return items_.data() + size_; }
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return items_.at(i); }

 private:
  std::array<T, N> items_{};
  std::size_t size_ = 0;
};

struct RawExtension {
  ByteView id;  // content of the OBJECT IDENTIFIER
  bool critical = false;
  ByteView value;  // content of the OCTET STRING
};

struct RawRdn {
  ByteView type;
  der::Tag tag = 0;  // of the string
  ByteView text;
};
using RawRdns = UpTo<RawRdn, kRdnsMax>;

struct RawOtherName {
  ByteView type;
  der::Tag tag = 0;
  ByteView text;
};

class Reading {
 public:
  explicit Reading(const LintInput& input);

  const LintInput& in;
  bool structured = false;  // the members of TBSCertificate, each in its place, and no others
  ByteView version;         // content of the INTEGER
  ByteView serial;          // content of the INTEGER
  ByteView algorithm;       // whole
  ByteView issuer;          // whole
  der::Value not_before;
  der::Value not_after;
  RawRdns subject;
  ByteView spki;           // whole
  ByteView key_algorithm;  // whole
  ByteView key_bits;       // the bits, without the count of those unused
  ByteView modulus;        // content of the INTEGER, of an RSA key
  ByteView exponent;       // likewise
  UpTo<RawExtension, kExtensionsMax> extensions;
  bool san_structured = false;  // otherNames of a type and a string, and nothing else
  UpTo<RawOtherName, kOtherNamesMax> other_names;
  DerFaults der_faults;

  bool is_signature() const { return in.authority.kind() == pki::CertificateKind::signature; }
  bool has_rsa_key() const;
  bool has_ec_key() const;
  // The modulus without its sign byte.
  ByteView modulus_magnitude() const;
  const RawExtension* find(const der::Oid& id) const;  // the first; null when there is none
  // The text of attribute 1 to 6 (jpki-facts 2.4); empty when it is not there.
  ByteView attribute(std::uint8_t number) const;

 private:
  void take_tbs(Path tbs);
  void take_key(Path key);
  void take_extensions(Path list);
  void take_other_names();
};

// The RDNs of a Name given whole, one attribute each; none when it is not of that form.
std::optional<RawRdns> rdns_of(ByteView name);
bool is_type(const RawRdn& rdn, pki::NameAttribute attribute);
// Whether the Name is these attributes in this order, the country a PrintableString and all others
// UTF8Strings.
bool is_name(ByteView name, std::initializer_list<std::pair<pki::NameAttribute, std::string_view>> wanted);

}  // namespace shomei::authority::lints
