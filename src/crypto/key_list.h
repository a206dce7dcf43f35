// KeyList: public keys that are known to be bad, as their digests in order: a file that is looked into and
// never read whole (docs/formats/key-list.md). A line of text says which digest and how many, and the digests
// follow, each once.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/digest.h"

namespace shomei::crypto {

// How a list names its keys.
enum class KeyDigest {
  spki_sha256,  // SHA-256 of the SubjectPublicKeyInfo, as pwnedkeys and badkeys publish them
  // The last 80 bits of SHA-1 of "Modulus=<hexadecimal, upper case>\n": of the keys that Debian's OpenSSL
  // made for two years (CVE-2008-0166), as the packages openssl-blacklist listed them.
  debian_modulus
};
std::string_view name(KeyDigest digest);                    // "spki-sha256", "debian-weak"
Result<KeyDigest> parse_key_digest(std::string_view text);  // malformed "key_digest_unknown"
std::size_t length_of(KeyDigest digest);                    // bytes

using DebianDigest = ByteArray<10>;
DebianDigest debian_digest(ByteView modulus);  // big-endian magnitude

class KeyList {
 public:
  // `bytes` are borrowed. malformed "key_list_form" {what}, also when the digests do not ascend: what is out
  // of order would not be found.
  static Result<KeyList> parse(ByteView bytes);
  KeyDigest digest() const { return digest_; }
  std::size_t size() const { return digests_.size() / length_of(digest_); }
  bool contains(ByteView wanted) const;

 private:
  KeyList(KeyDigest digest, ByteView digests) : digest_(digest), digests_(digests) {}
  ByteView at(std::size_t place) const;
  KeyDigest digest_;
  ByteView digests_;
};

// Digests as people publish them: one a line in hexadecimal, empty lines, and comments behind '#'. malformed
// "key_list_line" {line, wanted}; "key_list_empty".
Result<std::vector<Bytes>> parse_key_lines(KeyDigest digest, std::string_view text);
Bytes encode_key_list(KeyDigest digest, std::vector<Bytes> digests);  // in any order, any number of times

}  // namespace shomei::crypto
