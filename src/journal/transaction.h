// Journal: the one way to write. A Transaction appends entries and changes rows; commit() returns when
// entries, rows and a checkpoint over the new tree are durable together.
//   SHOMEI_TRY(auto transaction, journal.begin());
//   SHOMEI_CHECK(transaction.rows().insert(record));
//   SHOMEI_CHECK(transaction.append({.act = act, .phase = Phase::intent, .status = {...}, .person = {...},
//   .officer = {...}})); SHOMEI_CHECK(transaction.commit());
// Threads that write at the same time share a commit (sequencer.h): one that fails or is dropped takes back
// what is its own and nothing else. A thread that makes many acts shares one among them by a Series.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/calendar.h"
#include "crypto/signer.h"
#include "journal/entry.h"
#include "journal/part.h"
#include "journal/rows.h"
#include "journal/status_part.h"

namespace shomei::journal {

// What an act wants to record: the bodies; the journal adds salts, sequence and time.
struct Draft {
  ActId act;
  Phase phase = Phase::whole;
  std::vector<StatusChange> status;
  Fields person;
  Fields officer;
  // Whom the entry is about, so that it is found again by that; empty for nobody, and for the entries of an
  // act that issues a certificate, which are found by the certificate's row.
  ResidentId about = {};
};

// A draft with its parts encoded, salted and committed to: all of an entry that does not depend on its place
// in the journal, and can be made before its turn has come.
class SealedDraft {
 public:
  static Result<SealedDraft> seal(const Draft& draft);  // malformed "part_too_long"

 private:
  friend class Transaction;
  SealedDraft() = default;
  StoredEntry stored_;  // without sequence and time
  ResidentId about_;
};

class Sequencer;
class Series;

// Used, and destroyed, by the thread that began it. While it lives the other writers wait.
class Transaction {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Rows& rows();
  // The sequence number that the entry has if the transaction is committed. recorded_at is the clock's now,
  // or the time of the entry in front where the clock has stepped back. malformed "part_too_long". After an
  // error the transaction can only be dropped.
  Result<std::uint64_t> append(const Draft& draft);
  Result<std::uint64_t> append(SealedDraft&& draft);
  // Durable when it returns; of a series, when the series has committed.
  Result<void> commit();

 private:
  friend class Sequencer;
  friend class Series;
  struct Turn;
  explicit Transaction(std::unique_ptr<Turn> turn);
  std::unique_ptr<Turn> turn_;  // null once committed
};

struct Group;

// Acts of one thread, one behind the other, that share a commit. Each succeeds or fails apart; a failure of
// the store takes all of them. The other writers wait from the first begin() to the commit. One that is
// destroyed without it commits what it has, and tells nobody whether that came through.
class Series {
 public:
  Series(const Series&) = delete;
  Series& operator=(const Series&) = delete;
  ~Series();

  // The transaction before has ended. As Journal::begin(); after a failure of the store, that: nobody waits
  // for it a second time.
  Result<Transaction> begin();
  // The store, or the turn, could not be had.
  bool gave_up() const { return gave_up_.has_value(); }
  // Everything that its transactions have committed is durable when it returns. Nothing may be begun after
  // it.
  Result<void> commit();

 private:
  friend class Journal;
  friend class Sequencer;
  explicit Series(Sequencer& sequencer) : sequencer_(sequencer) {}
  Sequencer& sequencer_;
  std::unique_lock<std::timed_mutex> turn_;
  std::shared_ptr<Group> group_;  // null before the first act, and once committed
  std::optional<Error> gave_up_;
};

class Journal {
 public:
  // `origin` names this journal in its checkpoints (C2SP tlog-checkpoint), e.g. "shomei.example/journal".
  // All are borrowed and outlive the Journal. The signer's key is Ed25519 and used for nothing else.
  Journal(Engine& engine, crypto::Signer& checkpoint_signer, const Clock& clock, std::string origin);
  ~Journal();

  // Waits for its turn; unavailable "journal_busy" when that takes too long.
  Result<Transaction> begin() const;
  Series series() const { return Series(*sequencer_); }
  Result<std::unique_ptr<Rows>> read() const;             // a consistent view, no writing
  Result<void> scrub() const { return engine_.scrub(); }  // rows.h
  const Clock& clock() const { return clock_; }
  const std::string& origin() const { return origin_; }
  std::uint64_t commits() const;  // how often something was made durable: fewer than acts where many share

 private:
  Engine& engine_;
  const Clock& clock_;
  std::string origin_;
  std::unique_ptr<Sequencer> sequencer_;
};

}  // namespace shomei::journal
