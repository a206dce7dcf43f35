// Journal: the one way to write. A Transaction appends entries and changes rows; commit() signs a checkpoint
// over the new tree and makes entries, rows and checkpoint durable together.
//   SHOMEI_TRY(auto transaction, journal.begin());
//   SHOMEI_CHECK(transaction.rows().insert(record));
//   SHOMEI_CHECK(transaction.append({.act = act, .phase = Phase::intent, .status = {...}, .person = {...},
//   .officer = {...}})); SHOMEI_CHECK(transaction.commit());
#pragma once

#include <memory>
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
};

class Journal;

class Transaction {
 public:
  Rows& rows() { return *rows_; }
  // The sequence number that the entry has if the transaction is committed. recorded_at is the clock's now,
  // or the time of the entry in front where the clock has stepped back. malformed "part_too_long". After an
  // error the transaction can only be dropped.
  Result<std::uint64_t> append(const Draft& draft);
  Result<void> commit();

 private:
  friend class Journal;
  Transaction(std::unique_ptr<Rows> rows, const Journal& journal)
      : rows_(std::move(rows)), journal_(&journal) {}
  Result<void> sign_checkpoint();
  std::unique_ptr<Rows> rows_;
  const Journal* journal_;
  bool appended_ = false;
  bool half_appended_ = false;  // an append failed midway: what is left to do is to drop the transaction
};

class Journal {
 public:
  // `origin` names this journal in its checkpoints (C2SP tlog-checkpoint), e.g. "shomei.example/journal".
  // All are borrowed and outlive the Journal. The signer's key is Ed25519 and used for nothing else.
  Journal(Engine& engine, crypto::Signer& checkpoint_signer, const Clock& clock, std::string origin);
  Result<Transaction> begin() const;
  Result<std::unique_ptr<Rows>> read() const;  // a consistent view, no writing
  const Clock& clock() const { return clock_; }
  const std::string& origin() const { return origin_; }

 private:
  friend class Transaction;
  Engine& engine_;
  crypto::Signer& signer_;
  const Clock& clock_;
  std::string origin_;
};

}  // namespace shomei::journal
