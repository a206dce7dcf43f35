// PostgresRows: one transaction of a PostgresEngine. What acts write in masses is kept back (pending.h) and
// sent in a few statements at the commit; the rest is written at once. Conflicts are found by asking before
// writing: nobody else writes while the head is locked, and a statement that fails would end the whole
// transaction. Its functions stand in rows.cc, rows_of_register.cc, rows_of_certificates.cc,
// rows_of_requests.cc, rows_of_journal.cc and rows_of_contents.cc.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "journal/rows.h"
#include "store/postgres/engine.h"
#include "store/postgres/pending.h"

namespace shomei::store::postgres {

// Of a kind that is read whole, in one answer.
inline constexpr std::int64_t kRowsAtOnce = 500;

// What a commit would have left behind, to know it again.
struct LostCommit {
  Bytes mark_before, mark;  // of the head
  std::optional<std::uint64_t> sequence;
  Bytes entry;  // with that sequence, in its DER
};

// A certificate with the number of its row.
struct KnownCertificate {
  std::int64_t number = 0;
  journal::CertificateRecord record;
};

// Answers that a transaction has had, with what is pending. Nobody else changes anything while it has the
// head.
struct KnownAnswers {
  struct Key {
    bool used = false;
    std::optional<journal::BlockedKey> blocked;
  };
  std::map<ResidentId, std::optional<residents::Resident>> residents;
  std::map<ResidentId, std::vector<residents::CardRecord>> cards;
  std::map<ResidentId, std::vector<KnownCertificate>> certificates;
  std::map<RequestId, std::optional<journal::RequestRecord>> requests;
  std::map<journal::Sha256, Key> keys;
  std::set<std::pair<std::int64_t, pki::SerialNumber>> free_serials;  // in their spaces
};

class PostgresRows final : public journal::Rows {
 public:
  // Of a writer that has the engine's turn; leaves it.
  PostgresRows(PostgresEngine& engine, journal::Access access) : engine_(engine), access_(access) {}
  ~PostgresRows() override;
  Result<void> begin(std::unique_ptr<Connection> connection);
  Result<void> foresee(const journal::Foreseen& questions) override;

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
  using Known = KnownCertificate;
  // What an act may change and undo_act() puts back.
  struct Counters {
    journal::Head head;
    std::int64_t certificates = 0;  // the last number that was given
    std::optional<std::uint64_t> sequence;
    Bytes entry;  // the last that was put
    Spaces spaces;
  };

  void leave();
  Result<void> lose(const Error& error, LostCommit lost);
  Pending& pending();  // of a transaction that writes only
  bool is_pending(std::string_view name) const { return settled_.concerns(name) || act_.concerns(name); }
  void queue_pending(bool for_change = false);
  Result<Answer> read(const Statement& statement, const Values& values = {});
  // The same after sending what is pending: under that name, or at all.
  Result<Answer> read_behind(std::string_view name, const Statement& statement, const Values& values = {});
  Result<Answer> read_behind_all(const Statement& statement, const Values& values = {});
  // Writes at once.
  Result<Answer> change(const Statement& statement, const Values& values);
  // The same; an error where no row was written.
  Result<void> change_one(const Statement& statement, const Values& values, Error otherwise);

  // Puts a question with others; what its answer is for is done by take().
  using Taker = std::function<Result<void>(const Answer&)>;
  void ask(const Statement& statement, const Values& values, Taker taker);
  void ask_foreseen(const journal::Foreseen& questions);
  Result<void> take_foreseen(const journal::Foreseen& questions, std::int64_t space, const Answer& answer);
  void ask_request(const RequestId& id);
  void ask_resident(const ResidentId& id);
  void ask_cards(const ResidentId& holder);
  void ask_certificates(const ResidentId& holder);
  void ask_key(const journal::Sha256& key);
  void ask_serial(const pki::SerialNumber& serial, std::int64_t space);
  Result<void> take();
  Result<void> know_resident(const ResidentId& id);
  // A reader may ask about everybody, one after the other: it keeps nothing.
  void forget_if_reader();

  // Page after page of `count` rows at most, behind the values that `take` made of the last row: each_row.
  Result<void> each_page(const Statement& statement, std::int64_t count, Values behind,
                         const std::function<Result<Values>(const Row&)>& take);
  Result<void> each_of_register(journal::RowKind kind, const EachRow& each);
  Result<void> each_of_certificates(journal::RowKind kind, const EachRow& each);
  Result<void> each_of_requests(journal::RowKind kind, const EachRow& each);
  Result<void> each_of_journal(journal::RowKind kind, const EachRow& each);
  Result<void> put(const journal::StoreRow& row);

  Result<std::int64_t> number_of_space(const std::string& name);
  Result<std::string> name_of_space(std::int64_t number);
  Result<Known> read_certificate(const Row& row);
  Result<std::vector<Known>> read_certificates(const Answer& answer);
  Result<std::vector<Known>*> certificates_known_of(const ResidentId& resident);
  Result<void> each_behind(const Statement& statement,
                           const std::function<bool(const journal::CertificateRecord&)>& each);
  Result<Known*> find_known(const journal::CertificateRecord& certificate);

  PostgresEngine& engine_;
  journal::Access access_;
  bool left_ = false;
  std::unique_ptr<Connection> connection_;  // null before begin() and after commit()

  bool in_act_ = false;
  bool savepoint_ = false;    // the act has been sent in part
  bool sent_ = false;         // something was written
  std::size_t put_rows_ = 0;  // by put_row, since they were sent
  std::string retired_to_;    // by this transaction
  bool walks_ = false;        // through whole kinds of rows
  Pending settled_;           // of acts that have ended
  Pending act_;               // of the act
  Counters now_, before_act_;
  Bytes mark_before_;
  std::vector<Taker> takers_;  // of what was put and not answered
  KnownAnswers known_;
};

}  // namespace shomei::store::postgres
