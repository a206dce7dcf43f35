// History: what the entries of a journal, read in order, must have among themselves: the phases of an act,
// one use of each serial number, a life of each certificate that the law knows, and signatures that hold
// under their authorities. A part of verify_journal. What it remembers of acts and serial numbers has a fixed
// size: where that is too small for the journal, it asks for further passes, each over a share of them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/public_key.h"
#include "journal/act_phases.h"
#include "journal/entry.h"
#include "journal/part.h"
#include "journal/status_part.h"

namespace shomei::journal {

class History {
 public:
  History(std::size_t memory_bytes, std::size_t findings_max)
      : table_(memory_bytes), findings_max_(findings_max) {}

  // `person` is null where that part has been erased: its certificate can then not be verified. It is looked
  // at in the first pass alone. `results`: what results_of() says, or many, where the operator part is
  // withheld.
  void add(const Entry& entry, const std::vector<StatusChange>& changes, const Fields* person,
           Results results);
  // After all entries: whether they must be added all once more.
  bool next_pass();

  // What does not hold, with a code of verify.h, in no order; `place` and `step` order them.
  struct Told {
    std::uint64_t place = 0;  // which add() of the pass
    std::uint64_t step = 0;   // in the entry
    std::uint64_t sequence = 0;
    std::string code;
    std::string detail;
  };
  const std::vector<Told>& told() const { return told_; }
  std::uint64_t acts() const { return acts_; }
  std::uint64_t certificates() const { return certificates_; }

 private:
  using Key = PassTable::Key;
  enum class CertificateState : std::uint8_t { reserved = 4, issued, suspended, revoked };
  struct Authority {
    Bytes name;  // of the issuer: authorities that share it share their serial numbers
    crypto::PublicKey key;
    std::map<ListName, std::uint64_t> lists;  // the number of the last
  };
  // In the table: the state, and above it 56 bits of the act that reserved the serial number.
  struct Life {
    CertificateState state;
    std::uint64_t act;
    std::uint64_t packed() const { return act << 8 | static_cast<std::uint8_t>(state); }
    static Life of(std::uint64_t value) { return {static_cast<CertificateState>(value & 0xFF), value >> 8}; }
  };
  struct Keyed {
    Key key;
    Told told;
  };

  void tell(std::string_view code, std::string detail);                     // told in the first pass
  void tell_of(const Key& key, std::string_view code, std::string detail);  // told in the pass of the key
  void forget_others();  // told of keys that have been left to a later pass
  Told made(std::string_view code, std::string detail) const;
  void follow(const Entry& entry, Results results);
  Authority* authority_of(const std::string& name);
  // Null when the authority is unknown, which has been told then, or when this pass is not about the serial
  // number, or it was never reserved, which has been told too.
  std::uint64_t* life_of(const std::string& authority, const pki::SerialNumber& serial, Key& key);
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

  PassTable table_;
  std::size_t findings_max_;
  std::map<std::string, Authority, std::less<>> authorities_;
  bool first_pass_ = true;
  std::vector<Told> told_;
  std::vector<Keyed> keyed_;  // of this pass
  std::uint64_t acts_ = 0, certificates_ = 0;
  // Of the entry at hand.
  std::uint64_t place_ = 0, step_ = 0, sequence_ = 0, act_ = 0;
  const Fields* person_ = nullptr;
};

}  // namespace shomei::journal
