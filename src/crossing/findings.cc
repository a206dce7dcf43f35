#include "crossing/findings.h"

#include <algorithm>

namespace shomei::crossing {

void Findings::tell(const Recall::Key& key, std::uint64_t sequence, std::string_view invariant,
                    std::string detail) {
  if (!recall_.is_for_now(key)) return;
  if (of_pass_.size() == max_) forget_others();
  if (of_pass_.size() < max_)
    of_pass_.push_back({key, {sequence, std::string(invariant), std::move(detail)}});
}

void Findings::forget_others() {
  std::erase_if(of_pass_, [this](const Keyed& k) { return !recall_.is_for_now(k.key); });
}

void Findings::end_of_pass() {
  forget_others();
  for (auto& keyed : of_pass_) told_.push_back(std::move(keyed.finding));
  of_pass_.clear();
}

std::vector<Finding> Findings::take() {
  std::ranges::stable_sort(told_, {}, &Finding::sequence);
  if (told_.size() > max_) told_.resize(max_);
  return std::move(told_);
}

}  // namespace shomei::crossing
