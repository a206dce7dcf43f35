// Batch: some certificates of the list, one behind the other, that one entry is about.
#pragma once

#include <map>
#include <vector>

#include "authority/change_many.h"
#include "mass/fixed_list.h"
#include "mass/order.h"
#include "mass/part.h"

namespace shomei::mass {

// By name, as the store has them.
using Authorities = std::map<std::string, journal::AuthorityRecord>;
Result<Authorities> read_authorities(journal::Rows& rows);

class Batch {
 public:
  // At most `count` lines from that place on. not_found "authority_unknown"; what the list says.
  static Result<Batch> read(const FixedList& list, std::uint64_t from, std::uint64_t count,
                            const Authorities& authorities);
  std::uint64_t size() const { return size_; }
  // Makes of them what the act makes of certificates, and says so in the draft's status part. `decision` is
  // null where nothing changes.
  Result<Part> carry_out(Verb verb, const rules::Decision* decision, Instant at,
                         journal::Transaction& transaction, journal::Draft& draft) const;

 private:
  struct Group {
    authority::Many many;
    std::vector<std::uint64_t> places;  // on the list
  };
  std::uint64_t from_ = 0, size_ = 0;
  std::map<std::string, Group> groups_;  // by authority
};

}  // namespace shomei::mass
