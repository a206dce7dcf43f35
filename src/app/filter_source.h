// What a revocation filter is made of, from the home: every certificate as a followed list has it, and the
// moment up to which nothing can be missing from it.
#pragma once

#include <memory>

#include "app/followed_list.h"
#include "filter/source.h"
#include "filter/write_filter.h"

namespace shomei::app {

class ListSource final : public filter::Source {
 public:
  explicit ListSource(status::ListContents contents) : contents_(std::move(contents)) {}
  std::vector<filter::Authority> authorities() const override;
  Result<void> each(const Visit& visit) override;

 private:
  status::ListContents contents_;
};

struct FilterState {
  std::unique_ptr<ListSource> source;
  filter::Edition edition;
};

// Where the journal stands now. What the store and Follower::catch_up say.
Result<FilterState> filter_state(const home::Home& home, const std::function<void(const Error&)>& told);

}  // namespace shomei::app
