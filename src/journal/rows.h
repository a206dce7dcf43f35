// Rows: the port that a store's engine implements (store/sqlite, ...). One Rows is one transaction of the
// engine, with a consistent view; what was put and not committed is gone when it is destroyed. Journal rows
// are put by journal::Journal alone. Every function may also fail with unavailable "store_full",
// "store_busy", "store_broken" or "store_unavailable" (each with the parameter `path`), or with internal
// "store_row_broken" (a row holds what was never put there) or "store_misused". After an error of a Rows that
// writes, the only thing left is to drop it. A Rows is used by one thread at a time; a callback may call the
// functions of the Rows that calls it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "journal/certificate_record.h"
#include "journal/contents.h"
#include "journal/entry.h"
#include "register/resident.h"

namespace shomei::journal {

// A page of a listing: at most `count` rows whose key is behind `after` (empty: from the start).
struct Page {
  std::string after;
  std::size_t count = 1000;
};

// What an act is going to ask, as far as it knows before it begins. What is empty is not asked.
struct Foreseen {
  RequestId request;                        // find_request, insert
  ResidentId resident;                      // find_resident, cards_of, certificates_of
  std::optional<Sha256> key;                // key_used, find_blocked_key
  std::optional<pki::SerialNumber> serial;  // insert of a certificate
  std::string serial_space;                 // of the serial number
};

// One move of many certificates of a serial space. Borrowed.
struct StateMove {
  std::string_view serial_space;
  std::span<const pki::SerialNumber> serials;
  bool suspended_too = false;  // of valid ones alone, or of suspended ones as well
  CertificateState to{};
  Instant at;
  pki::RevocationReason reason{};
};
struct Moved {
  std::optional<CertificateState> before;  // none: there is no such certificate
  bool moved = false;                      // else its state is `before` still
  Instant at;                              // what the row says now: by a clock that came back, its beginning
};

// For engines: what the move means for a certificate.
Moved moved_by(const StateMove& move, CertificateState before, Instant not_before);

class Rows {
 public:
  virtual ~Rows() = default;

  // For engines to which every question is a journey: they may ask all of this at once. No answer is another
  // for it.
  virtual Result<void> foresee(const Foreseen& questions);

  // The register. insert_*: conflict "resident_exists" / "card_exists". find_*: none when there is no such
  // row. update: internal "store_row_missing" when there is none.
  virtual Result<void> insert(const residents::Resident& resident) = 0;
  virtual Result<void> update(const residents::Resident& resident) = 0;
  virtual Result<std::optional<residents::Resident>> find_resident(const ResidentId& id) = 0;
  virtual Result<std::vector<residents::Resident>> list_residents(const Page& page) = 0;
  virtual Result<std::vector<residents::Resident>> find_residents_named(const std::string& name) = 0;
  virtual Result<void> insert(const residents::CardRecord& card) = 0;
  virtual Result<void> update(const residents::CardRecord& card) = 0;
  virtual Result<std::optional<residents::CardRecord>> find_card(const CardId& id) = 0;
  virtual Result<std::vector<residents::CardRecord>> cards_of(const ResidentId& holder) = 0;

  // Authorities and certificates.
  virtual Result<void> insert(const AuthorityRecord& authority) = 0;  // conflict "authority_exists"
  virtual Result<std::vector<AuthorityRecord>> list_authorities() = 0;
  virtual Result<void> insert(
      const CertificateRecord& certificate) = 0;  // conflict "serial_used" in its serial space
  // Writes the row that has this serial space and serial, if its state is still `expected`; conflict
  // "certificate_state_moved" otherwise.
  virtual Result<void> update(const CertificateRecord& certificate, CertificateState expected) = 0;
  virtual Result<std::vector<CertificateRecord>> find_certificates(const pki::SerialNumber& serial) = 0;
  virtual Result<std::vector<CertificateRecord>> certificates_of(const ResidentId& resident) = 0;
  virtual Result<std::vector<CertificateRecord>> certificates_in_state(CertificateState state) = 0;
  // Calls `each` for every revoked or suspended certificate of the authority in ascending order of serials as
  // numbers.
  virtual Result<void> each_revoked(const std::string& authority,
                                    const std::function<void(const CertificateRecord&)>& each) = 0;
  virtual Result<std::vector<CertificateRecord>> undelivered() = 0;  // valid and not delivered
  // In the order of their issue, newest first, at most `count`; those behind the one with serial number
  // `after` (of that office, empty: from the newest). Without `der`, which would be a page more for each.
  virtual Result<std::vector<CertificateRecord>> certificates_of_office(const OfficeId& office,
                                                                        const Page& page) = 0;
  // Whether any certificate, whatever became of it, was reserved or issued for the key with this SHA-256 of
  // its SubjectPublicKeyInfo.
  virtual Result<bool> key_used(const Sha256& key) = 0;
  virtual Result<std::vector<CertificateRecord>> certificates_of_key(const Sha256& key) = 0;
  // Calls `each` for every certificate that was signed, in the order of their issue, until it returns false.
  virtual Result<void> each_signed(const std::function<bool(const CertificateRecord&)>& each) = 0;
  // The same without `der`, which would be a page more for each.
  virtual Result<void> each_issued(const std::function<bool(const CertificateRecord&)>& each) = 0;
  // Moves those that are in a state that the move is of, for good or as a hold; what each was, in the order
  // of the serials. Nothing else of them is read: it is for a million at a time.
  virtual Result<std::vector<Moved>> move_states(const StateMove& move) = 0;
  virtual Result<void> insert(const BlockedKey& key) = 0;  // conflict "key_blocked_already"
  virtual Result<std::optional<BlockedKey>> find_blocked_key(const Sha256& key) = 0;
  // In the order of the keys; those behind the one that `after` is, in hexadecimal.
  virtual Result<std::vector<BlockedKey>> list_blocked_keys(const Page& page) = 0;
  // 1, 2, 3, … in each serial space: a number is never given twice once it was committed.
  virtual Result<std::uint64_t> next_number(const std::string& serial_space) = 0;

  virtual Result<void> insert(const RequestRecord& request) = 0;  // conflict "request_exists" {request, act}
  virtual Result<std::optional<RequestRecord>> find_request(const RequestId& id) = 0;

  // Lists, by their names (list_name.h); the latest has the highest number. conflict "crl_exists".
  virtual Result<void> insert(const CrlRecord& crl) = 0;
  virtual Result<std::optional<CrlRecord>> latest_crl(const std::string& name) = 0;
  virtual Result<std::uint64_t> latest_crl_number(const std::string& name) = 0;  // 0: there is none
  // The latest of every name, in the order of the names, without `der`.
  virtual Result<std::vector<CrlRecord>> latest_crls() = 0;
  // Those of that name with a lower number, which nobody is handed any more.
  virtual Result<void> remove_crls_before(const std::string& name, std::uint64_t number) = 0;

  // The journal: entries with their parts, the tiles of the tree, where it ends.
  virtual Result<Head> head() = 0;  // as put last; all zero in an empty store
  virtual Result<void> put_head(const Head& head) = 0;
  Result<std::uint64_t> journal_size();
  Result<std::optional<std::string>> latest_checkpoint();  // none while there are no entries
  virtual Result<std::optional<StoredEntry>> find_entry(std::uint64_t sequence) = 0;
  // Calls `each` for the entries from `first` on, in order, until it returns false. `wanted` says which parts
  // to load.
  virtual Result<void> each_entry(std::uint64_t first, std::array<bool, 3> wanted,
                                  const std::function<bool(const StoredEntry&)>& each) = 0;
  virtual Result<std::vector<std::uint64_t>> entries_of_act(const ActId& act) = 0;
  // Entries that put_entry was told to be about the resident, and those of acts that issued a certificate to
  // the resident; ascending.
  virtual Result<std::vector<std::uint64_t>> entries_of_resident(const ResidentId& resident) = 0;
  // `about` is empty when the entry concerns nobody, or concerns its resident only as part of an act that
  // issues a certificate (whose row names both).
  virtual Result<void> put_entry(const StoredEntry& entry, const ResidentId& about) = 0;
  // Forgets body and salt of the person part; the entry and the tree stay as they are.
  virtual Result<void> erase_person_part(std::uint64_t sequence) = 0;
  // A tile of C2SP tlog-tiles: the hashes of up to 256 complete subtrees over 256^level leaves each, from
  // subtree 256 * index on, 32 bytes each. put_tile puts a new one or a wider one in the place of a narrower.
  virtual Result<std::optional<Bytes>> tile(unsigned level, std::uint64_t index) = 0;
  virtual Result<void> put_tile(unsigned level, std::uint64_t index, ByteView hashes) = 0;

  // Acts of one transaction that succeed or fail apart: what was put since begin_act() is kept by end_act()
  // or taken back by undo_act(). Acts do not nest. After an error of a function between them undo_act() may
  // itself fail; then the whole transaction can only be dropped.
  virtual Result<void> begin_act() = 0;
  virtual Result<void> end_act() = 0;
  virtual Result<void> undo_act() = 0;

  // For who copies a store whole (copy/copy.h). All rows of a kind in the order that contents.h says; stops
  // at the first error of `each` and gives it back. What this transaction has put is among them.
  using EachRow = std::function<Result<void>(const StoreRow&)>;
  virtual Result<void> each_row(RowKind kind, const EachRow& each) = 0;
  // Puts a row as it stands into a store that was empty when the transaction began: in the order of kinds
  // and, within a kind, in that of each_row. Asks nothing: a row that is there already may be internal
  // "store_misused".
  virtual Result<void> put_row(const StoreRow& row) = 0;

  // Once this is committed the store stays as it is: whoever writes is refused "store_moved" {path, to}, also
  // who opened it before. `place` is told to people.
  virtual Result<void> retire(const std::string& place) = 0;
  virtual Result<std::optional<std::string>> retired_to() = 0;  // none while it is written to

  // Durable when it returns. Nothing may be called after it.
  virtual Result<void> commit() = 0;
};

enum class Access { read, write };  // one writer at a time; readers see the last commit

// Held by whoever makes acts, shared; held alone by who repairs what a crash left. Ends with its process.
class ActsHold {
 public:
  virtual ~ActsHold() = default;
};
enum class Hold { shared, alone };

// For who follows the journal: waits until others may have committed something.
class Watch {
 public:
  virtual ~Watch() = default;
  // Returns after a commit of anybody since it returned last, as soon as it hears of one, and in any case
  // after a pause in which asking the store costs next to nothing. Nothing is promised by it: ask the store.
  virtual void wait() = 0;
};

class Engine {
 public:
  virtual ~Engine() = default;
  // One writer at a time, over all processes: `write` waits for the others.
  virtual Result<std::unique_ptr<Rows>> begin(Access access) = 0;
  // Waits for nobody. Null: shared, and another holds it alone; alone, and anybody else holds it.
  virtual Result<std::unique_ptr<ActsHold>> hold_acts(Hold hold) = 0;
  // Of an engine that hears nothing: it lets kWatchPause pass. The engine outlives it.
  static constexpr std::chrono::milliseconds kWatchPause{5};
  virtual std::unique_ptr<Watch> watch();
  // After something was erased: the engine's own files do not hold it any more, as far as those let it who
  // read at this moment.
  virtual Result<void> scrub() { return {}; }
};

}  // namespace shomei::journal
