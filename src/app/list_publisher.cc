#include "app/list_publisher.h"

#include <algorithm>

namespace shomei::app {
namespace {

// A token that does not answer may take its time to say so.
constexpr std::chrono::seconds kRetryPause{30};

bool pause_is_over(Instant failed_at, Instant now) {
  return now < failed_at || failed_at + kRetryPause <= now;  // before it: the clock was set back
}

}  // namespace

Result<bool> ListPublisher::publish() {
  if (!lists_) lists_.emplace(home_.journal(), home_.settings().crl, home_.list_places());
  SHOMEI_TRY(auto rows, home_.rows());
  SHOMEI_TRY(const auto size, rows->journal_size());
  const Instant now = clock_.now();
  const bool moved_on = size != seen_size_ || look_again_at_ <= now;
  const bool again =
      std::ranges::any_of(failed_at_, [&](const auto& one) { return pause_is_over(one.second, now); });
  if (!moved_on && !again) return false;
  SHOMEI_TRY(const auto records, rows->list_authorities());
  rows.reset();
  for (const auto& record : records) {
    SHOMEI_TRY(const auto certificate, pki::parse_certificate(record.certificate));
    if (authority::has_ended(certificate, now))
      failed_at_.erase(record.name);
    else if (is_due(record.name, moved_on, now))
      publish_of(record.name);
  }
  if (!moved_on) return true;
  SHOMEI_TRY(const bool done, all_say_what_is_true(records));
  if (done) seen_size_ = lists_->next();  // else it looks again at once
  look_again_at_ = std::min(now + home_.settings().crl.validity / 24, lists_->next_due(now));
  return true;
}

bool ListPublisher::is_due(const std::string& authority, bool moved_on, Instant now) const {
  const auto failed = failed_at_.find(authority);
  return failed == failed_at_.end() ? moved_on : pause_is_over(failed->second, now);
}

void ListPublisher::publish_of(const std::string& authority) {
  const auto tried = sign_of(authority);
  if (tried)
    failed_at_.erase(authority);
  else
    failed_at_.insert_or_assign(authority, clock_.now());
  report_(authority, tried);
}

Result<void> ListPublisher::sign_of(const std::string& authority) {
  SHOMEI_TRY(const auto* opened, home_.authority_of_lists(authority));
  SHOMEI_CHECK(lists_->publish(*opened));
  return {};
}

Result<bool> ListPublisher::all_say_what_is_true(const std::vector<journal::AuthorityRecord>& authorities) {
  for (const auto& record : authorities) {
    SHOMEI_TRY(const bool done, lists_->say_what_is_true(record.name));
    if (!done && !failed_at_.contains(record.name)) return false;
  }
  return true;
}

}  // namespace shomei::app
