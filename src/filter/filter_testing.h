// For tests alone: a journal's key, authorities, and a source whose certificates are made up from numbers.
#pragma once

#include <algorithm>
#include <map>
#include <memory>

#include "crypto/private_key.h"
#include "filter/write_delta.h"
#include "filter/write_filter.h"

namespace shomei::filter {

inline pki::SerialNumber serial_of(std::uint64_t number) {
  Bytes bytes{0x40};
  append_u64(bytes, number);
  append_u64(bytes, number * 0x9e3779b97f4a7c15U);
  return *pki::SerialNumber::of_magnitude(bytes);
}

inline Authority made_up_authority(const std::string& name) {
  return {name,
          crypto::sha256(view(name + " certificate")),
          {crypto::sha256(view(name + " subject")), crypto::sha256(view(name + " key"))}};
}

// By authority, from a certificate's number to whether it is revoked.
class MadeUpSource : public Source {
 public:
  std::vector<Authority> authorities() const override { return authorities_; }
  Result<void> each(const Visit& visit) override {
    for (std::size_t i = 0; i < certificates.size(); ++i)
      for (const auto& [number, revoked] : certificates[i]) visit(i, serial_of(number), revoked);
    return {};
  }
  MadeUpSource& add(const std::string& name) {
    authorities_.push_back(made_up_authority(name));
    certificates.emplace_back();
    return *this;
  }
  // `issued` certificates from `first` on, of which each `every`-th is revoked; 0: none.
  MadeUpSource& fill(std::uint64_t first, std::uint64_t issued, std::uint64_t every) {
    for (auto number = first; number < first + issued; ++number)
      certificates.back()[number] = every != 0 && number % every == 0;
    return *this;
  }
  std::vector<std::map<std::uint64_t, bool>> certificates;

 private:
  std::vector<Authority> authorities_;
};

struct Journal {
  explicit Journal(std::string name = "example.jp/journal")
      : origin(std::move(name)),
        signer(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        key(*journal::parse_verifier_key(journal::encode_verifier_key(origin, signer->public_key()))) {}
  // A checkpoint and a time that grow with the size.
  Edition edition(std::uint64_t size) const {
    const journal::Checkpoint checkpoint{origin, size, crypto::sha256(view(std::to_string(size)))};
    return {*journal::sign_checkpoint(checkpoint, *signer),
            Instant(std::chrono::seconds(1'800'000'000 + size))};
  }
  std::string origin;
  std::unique_ptr<crypto::Signer> signer;
  journal::VerifierKey key;
};

inline Salt salt_of(std::uint64_t number) {
  Bytes bytes(8);
  append_u64(bytes, number);
  Salt salt{};
  std::ranges::copy(bytes, salt.begin());
  return salt;
}

inline Bytes written(Source& source, const Journal& journal, std::uint64_t size, std::uint64_t salt = 1) {
  return *write_filter(source, journal.edition(size), salt_of(salt), journal.key, *journal.signer);
}
inline Filter opened(Source& source, const Journal& journal, std::uint64_t size, std::uint64_t salt = 1) {
  return *Filter::open(written(source, journal, size, salt), journal.key);
}

// A journal whose key is the first of RFC 8032 7.1, which everybody has: what it signs is the same for ever.
inline Journal known_journal() {
  const auto secret = *from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const auto frame = *from_hex("302e020100300506032b657004220420");  // RFC 8410 section 7
  Journal journal;
  journal.signer =
      crypto::software_signer(*crypto::PrivateKey::parse_pkcs8(SecretBytes(concatenate({frame, secret}))));
  journal.key = *journal::parse_verifier_key(
      journal::encode_verifier_key(journal.origin, journal.signer->public_key()));
  return journal;
}

// The state of which the vectors are, and the one to which their delta leads.
inline MadeUpSource known_source() {
  MadeUpSource source;
  source.add("signature-1").fill(0, 1000, 20).add("signature-2").fill(0, 50, 0);
  return source;
}
inline MadeUpSource later_known_source() {
  auto source = known_source();
  source.certificates[0][1] = true;
  source.certificates[0][20] = false;
  source.fill(50, 50, 7).add("user_authentication-1").fill(0, 30, 10);
  return source;
}

template <class T>
std::string_view code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}

}  // namespace shomei::filter
