// Makes what an issue leaves in the store, for people who never came: decided by the rules, prepared and
// linted, and signed by the authority's key as every certificate; rows and entries as the authority writes
// them (authority/issue.h, counter/issue_online.h). What is left out: nobody has the private key, so that
// there was no request whose proof could be verified; the row of the request has the digest of none.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "app/filled_people.h"
#include "counter/parts.h"
#include "crypto/public_key.h"
#include "journal/tree.h"
#include "store/filling.h"

namespace shomei::app {

struct FillOptions {
  // Without: the person parts of the entries are as if they had been erased, which halves the store.
  bool person_parts = true;
  std::function<bool()> stop = [] { return false; };  // asked between two batches
};

// Both certificates of one person after another, in the order of the counter.
struct FilledBatch {
  std::vector<store::FilledIssue> issues;
  std::vector<journal::Sha256> leaves;  // of their entries
};

class IssueFiller {
 public:
  // `key` gives the key of a certificate by its number, a different one for each. Everything is borrowed;
  // used by several threads at once. Entries are dated `at`.
  IssueFiller(const counter::Parts& parts, const FilledPeople& people,
              std::function<crypto::PublicKey(std::uint64_t)> key, InstantMs at, FillOptions options);

  // Of the people `first` up to `end`; the first entry has that sequence number. What rules and lints refuse
  // is an error: nobody of these is to be refused anything.
  Result<FilledBatch> make(std::size_t first, std::size_t end, std::uint64_t sequence) const;

 private:
  struct Case;
  Result<void> add_person(FilledBatch& batch, std::size_t number, std::uint64_t sequence) const;
  Result<store::FilledIssue> issue(const Case& c, std::uint64_t key, std::uint64_t sequence) const;
  journal::StoredEntry entry(const journal::Draft& draft, std::uint64_t sequence) const;

  const counter::Parts& parts_;
  const FilledPeople& people_;
  std::function<crypto::PublicKey(std::uint64_t)> key_;
  InstantMs at_;
  FillOptions options_;
};

}  // namespace shomei::app
