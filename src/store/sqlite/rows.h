// SqliteRows: one transaction of a SqliteEngine. What an act writes in masses waits until the act ends: one
// that is given up before has then written nothing, and needs no savepoint, for which SQLite would copy each
// page that it touches. A question that what waits may concern has it written first, behind a savepoint.
// Conflicts are found by asking, not by writing: nobody else writes meanwhile. The functions stand in
// rows_of_register.cc, rows_of_certificates.cc, rows_of_journal.cc and rows_of_contents.cc.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "journal/rows.h"
#include "store/sqlite/engine.h"

namespace shomei::store {

class SqliteRows final : public journal::Rows {
 public:
  SqliteRows(SqliteEngine& engine, std::unique_ptr<Database> database, journal::Access access)
      : engine_(engine), database_(std::move(database)), access_(access) {}
  ~SqliteRows() override;
  Result<void> begin();

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
  // Whose rows may be waiting.
  enum Tables : unsigned { kNone = 0, kRequests = 1, kCertificates = 2, kEntries = 4, kAny = 7 };
  using Write = std::function<Result<void>()>;

  void leave();
  Result<Query> prepare(std::string_view sql);
  Result<Query> select(std::string_view sql, Tables of = kAny);
  // Writes at once; in a transaction that writes only.
  Result<Query> change(std::string_view sql);
  // Writes when the act ends; outside of acts at once.
  Result<void> write(Tables to, Write what);
  Result<void> write_what_waits();
  Result<void> protect();  // has a savepoint in front of what the act writes from now on
  // The statement has been bound; none of its rows was written: a conflict with that error.
  Result<void> run_once(Query& query, Error otherwise);
  // each_row of the kinds of one file.
  Result<void> each_of_register(journal::RowKind kind, const EachRow& each);
  Result<void> each_of_certificates(journal::RowKind kind, const EachRow& each);
  Result<void> each_of_journal(journal::RowKind kind, const EachRow& each);
  Result<std::int64_t> number_of_space(const std::string& name);
  Result<void> put_der(std::int64_t number, ByteView der);
  Result<void> write_entry(const journal::StoredEntry& stored, const ResidentId& about);

  SqliteEngine& engine_;
  std::unique_ptr<Database> database_;  // null after commit()
  journal::Access access_;
  std::map<std::string, std::int64_t> spaces_;
  bool in_act_ = false;
  bool savepoint_ = false;
  bool torn_ = false;  // some of an act was written, without a savepoint
  std::vector<Write> waiting_;
  unsigned waits_in_ = kNone;  // Tables
};

// Every row that the bound query finds, made by `read`.
template <class T>
Result<void> each_of(Query& query, Result<T> (*read)(const Query&), const journal::Rows::EachRow& each) {
  while (true) {
    SHOMEI_TRY(const bool found, query.step());
    if (!found) return {};
    SHOMEI_TRY(auto value, read(query));
    SHOMEI_CHECK(each(journal::StoreRow(std::move(value))));
  }
}

}  // namespace shomei::store
