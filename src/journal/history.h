// History: what the entries of a journal, read in order, must have among themselves: the phases of an act,
// one use of each serial number, a life of each certificate that the law knows, and signatures that hold
// under their authorities. A part of verify_journal.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "crypto/public_key.h"
#include "journal/entry.h"
#include "journal/part.h"
#include "journal/status_part.h"

namespace shomei::journal {

class History {
 public:
  // What does not hold is told to `tell` with a code of verify.h.
  using Tell = std::function<void(std::uint64_t sequence, std::string code, std::string detail)>;
  explicit History(Tell tell) : tell_(std::move(tell)) {}

  // `person` is null where that part has been erased: its certificate can then not be verified.
  void add(const Entry& entry, const std::vector<StatusChange>& changes, const Fields* person);

  std::uint64_t acts() const { return acts_.size(); }
  std::uint64_t certificates() const { return certificates_; }

 private:
  // 128 bits of SHA-256: short, and two of them never meet.
  using Fingerprint = std::array<std::uint64_t, 2>;
  struct FirstWord {
    std::size_t operator()(const Fingerprint& f) const { return f[0]; }
  };
  enum class ActState : std::uint8_t { unknown, intent, result, done };
  enum class CertificateState : std::uint8_t { reserved, issued, suspended, revoked };
  struct Authority {
    Bytes name;  // of the issuer: authorities that share it share their serial numbers
    crypto::PublicKey key;
    std::optional<std::uint64_t> crl_number;
  };
  struct Life {
    CertificateState state;
    std::uint64_t act;  // the first word of the fingerprint of the act that reserved the serial number
  };

  static Fingerprint fingerprint(ByteView first, ByteView second);
  void tell(std::string_view code, std::string detail) const;
  void follow_phase(const Entry& entry);
  Authority* authority_of(const std::string& name);
  // Null when authority or serial number is unknown, which has been told then.
  Life* life_of(const std::string& authority, const pki::SerialNumber& serial);
  void move(const std::string& authority, const pki::SerialNumber& serial,
            std::initializer_list<CertificateState> from, CertificateState to);
  void verify_certificate(const CertificateIssued& issued);

  void follow(const AuthorityAdded& change);
  void follow(const SerialReserved& change);
  void follow(const CertificateIssued& change);
  void follow(const CertificateRevoked& change);
  void follow(const CertificateSuspended& change);
  void follow(const CertificateRestored& change);
  void follow(const CrlPublished& change);

  Tell tell_;
  std::unordered_map<Fingerprint, ActState, FirstWord> acts_;
  std::unordered_map<Fingerprint, Life, FirstWord> lives_;
  std::map<std::string, Authority, std::less<>> authorities_;
  std::uint64_t certificates_ = 0;
  // Of the entry at hand.
  std::uint64_t sequence_ = 0;
  std::uint64_t act_ = 0;
  const Fields* person_ = nullptr;
};

}  // namespace shomei::journal
