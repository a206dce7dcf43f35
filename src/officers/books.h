// Under what the journal finds again what it has about an officer, a proposal or a broken glass: entries are
// put "about" somebody (journal/rows.h), and these somebodies are no people. Their identifiers are digests of
// a name under a word of its own, so that none is a resident's.
#pragma once

#include <functional>
#include <string_view>

#include "base/identifier.h"
#include "crypto/digest.h"
#include "journal/part.h"
#include "journal/rows.h"

namespace shomei::officers {

ResidentId book_of_officer(std::string_view officer);
ResidentId book_of_proposal(std::string_view request);
ResidentId book_of_glass();  // every breaking of glass, and its acknowledgement
ResidentId roll();           // the names of all who were ever appointed

struct BookEntry {
  std::uint64_t sequence = 0;
  InstantMs recorded_at;
  ActId act;
  journal::Fields officer;  // the operator part
};
// In their order. An entry whose operator part is not there stops it: refused "officer_entry_unreadable"
// {sequence}, for without it nobody knows who may do what.
Result<void> each_entry_of(journal::Rows& rows, const ResidentId& book,
                           const std::function<Result<void>(const BookEntry&)>& each);

Result<crypto::Sha256> parse_digest(std::string_view hex);  // malformed "part_form"

// The other way round of journal::text().
void say(journal::Fields& fields, std::string_view name, std::string_view text);
Error unreadable_field(std::string_view what);  // malformed "part_form" {what}

}  // namespace shomei::officers
