// Findings, of several passes over the same journal: what is told of a thing that is left to a later pass is
// told there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crossing/recall.h"

namespace shomei::crossing {

struct Finding {
  std::uint64_t sequence = 0;  // of the entry; the number of entries for a row to which no entry leads
  std::string invariant;       // its identifier
  std::string detail;          // one English sentence
};

class Findings {
 public:
  Findings(const Recall& recall, std::size_t max) : recall_(recall), max_(max) {}

  void tell(const Recall::Key& key, std::uint64_t sequence, std::string_view invariant, std::string detail);
  void end_of_pass();
  // By sequence; at most as many as there may be.
  std::vector<Finding> take();

 private:
  struct Keyed {
    Recall::Key key;
    Finding finding;
  };
  void forget_others();
  const Recall& recall_;
  std::size_t max_;
  std::vector<Keyed> of_pass_;
  std::vector<Finding> told_;
};

}  // namespace shomei::crossing
