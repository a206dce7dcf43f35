// Aftermath: what must be so after any fault, by the log of the load and by what is left. The home has been
// opened for writing again, so that what stood half-done is repaired. Every check says what does not hold in
// a sentence; none stops at the first.
//   - the journal verifies, and is the continuation of every checkpoint that a reader saw
//   - no serial number was reserved twice, and every act that was begun has come to an end
//   - every signature that left was over an intent of the journal, and none was made twice over the same
//   - the rows are what the journal tells of them
//   - every acknowledged act is there, behind all that had been acknowledged before it was sent
//   - the same request sent again gets the same answer
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "counter/parts.h"
#include "journal/verify.h"
#include "tests/faults/act_log.h"
#include "tests/faults/load.h"

namespace shomei::test {

// What the journal says, read once from its beginning.
struct JournalTold {
  struct OfRequest {
    std::vector<std::uint64_t> entries;  // ascending
    std::string act;
  };
  struct OfCertificate {
    journal::CertificateState state = journal::CertificateState::reserved;
    bool delivered = false;
    std::string act;
    std::string digest;  // of its DER, once it was issued
    std::vector<std::string> changes;
  };
  std::map<std::string, OfRequest> requests;          // by request, of acts that were done
  std::map<std::string, OfCertificate> certificates;  // by serial number
  std::map<std::string, std::set<std::string>>
      intents;                                 // serial numbers by the digest of what was to be signed
  std::set<std::string> twice;                 // serial numbers that were reserved more than once
  std::map<std::uint64_t, std::string> roots;  // of the tree of each size, hex
  std::vector<std::string> broken;             // sentences
};

class Aftermath {
 public:
  // All are borrowed.
  Aftermath(const counter::Parts& parts, const journal::VerifierKey& key, const LoggedActs& log,
            const std::vector<PreparedRequest>& requests)
      : parts_(parts), key_(key), log_(log), requests_(requests) {}

  // Everything that does not hold; empty is well. Sends every request of the log again.
  std::vector<std::string> check();
  std::size_t sent_again() const { return sent_again_; }

 private:
  void verify();
  void look_at_signatures();
  void look_at_rows();
  void look_at_acts();
  void send_again();
  void compare(const std::string& request, const LoggedAct& act,
               const Result<journal::CertificateRecord>& answer);
  void fail(std::string sentence) { failures_.push_back(std::move(sentence)); }

  const counter::Parts& parts_;
  const journal::VerifierKey& key_;
  const LoggedActs& log_;
  const std::vector<PreparedRequest>& requests_;
  JournalTold told_;
  std::vector<std::string> failures_;
  std::size_t sent_again_ = 0;
};

// Reads it all. What does not parse is in `broken`.
JournalTold read_journal(journal::Rows& rows);

}  // namespace shomei::test
