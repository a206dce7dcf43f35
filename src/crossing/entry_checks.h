// What each entry says, held against what was said before and what the rows say.
#pragma once

#include "crossing/check.h"
#include "crossing/recall.h"
#include "crossing/said.h"
#include "pki/certificate.h"

namespace shomei::crossing {

class EntryChecks {
 public:
  EntryChecks(Recall& recall, Findings& findings) : recall_(recall), findings_(findings) {}
  // In the order of the journal, after RowChecks::before_entries.
  void check(const Said& said);

 private:
  using Key = Recall::Key;
  using Heard = Recall::Heard;
  void tell(const Key& key, std::string_view invariant, std::string detail);
  // What the topic says of the thing: a finding where that is something else, or nothing and `needed`.
  void hold(Topic topic, std::string_view thing, std::string_view said, std::string_view invariant,
            std::string_view what, bool needed = false);

  void check_act();
  void check_officer();
  void check_bound();
  void check_request();
  void check_people();
  void check_register();
  void check_facts();
  void check_changes();
  void follow(const journal::AuthorityAdded&) {}
  void follow(const journal::CrlPublished&) {}
  void follow(const journal::SerialReserved& change);
  void follow(const journal::CertificateIssued& change);
  void follow(const journal::CertificateRevoked& change);
  void follow(const journal::CertificateSuspended& change);
  void follow(const journal::CertificateRestored& change);
  void check_holder(const std::string& serial);
  void check_prepared(const journal::SerialReserved& change);
  void check_attributes(const pki::TbsCertificate& tbs);
  bool issues() const;

  Recall& recall_;
  Findings& findings_;
  const Said* said_ = nullptr;  // at hand
};

// The words under which row and entry say the same.
std::string serial_words(const std::string& authority, const pki::SerialNumber& serial);
std::string issued_words(const journal::CertificateIssued& change);
std::string state_words(journal::CertificateState state, const std::optional<Instant>& at,
                        const std::optional<pki::RevocationReason>& reason);

}  // namespace shomei::crossing
