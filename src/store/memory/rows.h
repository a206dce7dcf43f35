// MemoryRows: one transaction of a MemoryEngine, and the state that it sees. Its functions stand in
// rows_of_register.cc, rows_of_certificates.cc, rows_of_journal.cc and rows_of_contents.cc; everything is
// found by walking through.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "journal/rows.h"
#include "store/memory/engine.h"

namespace shomei::store {

// What is large is shared by the copies of a state that have it unchanged.
template <class T>
using Kept = std::shared_ptr<const T>;

struct EntryAbout {
  journal::StoredEntry stored;
  ResidentId about;
};

struct MemoryState {
  std::map<ResidentId, residents::Resident> residents;
  std::map<CardId, residents::CardRecord> cards;
  std::map<std::string, journal::AuthorityRecord> authorities;
  std::vector<Kept<journal::CertificateRecord>> certificates;  // in the order of their issue
  std::map<journal::Sha256, journal::BlockedKey> blocked_keys;
  std::map<std::string, std::uint64_t> last_numbers;  // of serial spaces
  std::map<RequestId, journal::RequestRecord> requests;
  std::map<std::pair<std::string, std::uint64_t>, journal::CrlRecord> crls;
  journal::Head head;
  std::vector<Kept<EntryAbout>> entries;  // the index is the sequence
  std::map<std::pair<unsigned, std::uint64_t>, Bytes> tiles;
  std::optional<std::string> retired_to;
};

class MemoryRows final : public journal::Rows {
 public:
  // Of a writer that has the store's turn; leaves it.
  MemoryRows(MemoryStore& store, journal::Access access);
  ~MemoryRows() override;

  Result<void> insert(const residents::Resident& resident) override;
  Result<void> update(const residents::Resident& resident) override;
  Result<std::optional<residents::Resident>> find_resident(const ResidentId& id) override;
  Result<std::vector<residents::Resident>> list_residents(const journal::Page& page) override;
  Result<std::vector<residents::Resident>> find_residents_named(const std::string& name) override;
  Result<void> insert(const residents::CardRecord& card) override;
  Result<void> update(const residents::CardRecord& card) override;
  Result<std::optional<residents::CardRecord>> find_card(const CardId& id) override;
  Result<std::vector<residents::CardRecord>> cards_of(const ResidentId& holder) override;

  Result<void> insert(const journal::AuthorityRecord& authority) override;
  Result<std::vector<journal::AuthorityRecord>> list_authorities() override;
  Result<void> insert(const journal::CertificateRecord& certificate) override;
  Result<void> update(const journal::CertificateRecord& certificate,
                      journal::CertificateState expected) override;
  Result<std::vector<journal::CertificateRecord>> find_certificates(const pki::SerialNumber& serial) override;
  Result<std::vector<journal::CertificateRecord>> certificates_of(const ResidentId& resident) override;
  Result<std::vector<journal::CertificateRecord>> certificates_in_state(
      journal::CertificateState state) override;
  Result<void> each_revoked(const std::string& authority,
                            const std::function<void(const journal::CertificateRecord&)>& each) override;
  Result<std::vector<journal::CertificateRecord>> undelivered() override;
  Result<std::vector<journal::CertificateRecord>> certificates_of_office(const OfficeId& office,
                                                                         const journal::Page& page) override;
  Result<bool> key_used(const journal::Sha256& key) override;
  Result<std::vector<journal::CertificateRecord>> certificates_of_key(const journal::Sha256& key) override;
  Result<void> each_signed(const std::function<bool(const journal::CertificateRecord&)>& each) override;
  Result<void> each_issued(const std::function<bool(const journal::CertificateRecord&)>& each) override;
  Result<std::vector<journal::Moved>> move_states(const journal::StateMove& move) override;
  Result<void> insert(const journal::BlockedKey& key) override;
  Result<std::optional<journal::BlockedKey>> find_blocked_key(const journal::Sha256& key) override;
  Result<std::vector<journal::BlockedKey>> list_blocked_keys(const journal::Page& page) override;
  Result<std::uint64_t> next_number(const std::string& serial_space) override;
  Result<void> insert(const journal::RequestRecord& request) override;
  Result<std::optional<journal::RequestRecord>> find_request(const RequestId& id) override;
  Result<void> insert(const journal::CrlRecord& crl) override;
  Result<std::optional<journal::CrlRecord>> latest_crl(const std::string& name) override;
  Result<std::uint64_t> latest_crl_number(const std::string& name) override;
  Result<std::vector<journal::CrlRecord>> latest_crls() override;
  Result<void> remove_crls_before(const std::string& name, std::uint64_t number) override;

  Result<journal::Head> head() override;
  Result<void> put_head(const journal::Head& head) override;
  Result<std::optional<journal::StoredEntry>> find_entry(std::uint64_t sequence) override;
  Result<void> each_entry(std::uint64_t first, std::array<bool, 3> wanted,
                          const std::function<bool(const journal::StoredEntry&)>& each) override;
  Result<std::vector<std::uint64_t>> entries_of_act(const ActId& act) override;
  Result<std::vector<std::uint64_t>> entries_of_resident(const ResidentId& resident) override;
  Result<void> put_entry(const journal::StoredEntry& entry, const ResidentId& about) override;
  Result<void> erase_person_part(std::uint64_t sequence) override;
  Result<std::optional<Bytes>> tile(unsigned level, std::uint64_t index) override;
  Result<void> put_tile(unsigned level, std::uint64_t index, ByteView hashes) override;
  Result<void> each_row(journal::RowKind kind, const EachRow& each) override;
  Result<void> put_row(const journal::StoreRow& row) override;
  Result<void> retire(const std::string& place) override;
  Result<std::optional<std::string>> retired_to() override;
  Result<void> begin_act() override;
  Result<void> end_act() override;
  Result<void> undo_act() override;
  Result<void> commit() override;

 private:
  void leave();
  const MemoryState& state() const { return own_ ? *own_ : *seen_; }
  MemoryState& changed();  // of a transaction that writes only
  template <class Wanted>
  std::vector<journal::CertificateRecord> certificates_where(Wanted wanted) const;

  MemoryStore& store_;
  journal::Access access_;
  bool ended_ = false;
  std::shared_ptr<const MemoryState> seen_;
  std::shared_ptr<MemoryState> own_;         // null while nothing was changed
  std::shared_ptr<MemoryState> before_act_;  // while there is an act
  bool in_act_ = false;
};

}  // namespace shomei::store
