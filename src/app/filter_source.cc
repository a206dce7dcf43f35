#include "app/filter_source.h"

#include <algorithm>

namespace shomei::app {
namespace {

// A certificate begins when its issue was decided, and that may be so long before its intent is written.
constexpr std::chrono::seconds kDecidedBefore{5};

// Every certificate that begins no later was issued by the time this returns, or its issue is written off:
// issues that were under way begin later, and so do those that come meanwhile.
Result<Instant> nothing_under_way_before(const home::Home& home) {
  Instant at = home.clock().now() - kDecidedBefore;
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto reserved, rows->certificates_in_state(journal::CertificateState::reserved));
  for (const auto& record : reserved) at = std::min(at, record.not_before - std::chrono::seconds(1));
  SHOMEI_TRY(const auto head, rows->head());
  return std::min(at, std::chrono::floor<std::chrono::seconds>(head.last_recorded_at));
}

}  // namespace

std::vector<filter::Authority> ListSource::authorities() const {
  std::vector<filter::Authority> all;
  for (const auto& [name, certificate] : contents_.authorities)
    all.push_back(
        filter::authority_of(name, pki::parse_certificate(certificate).value()));  // the list parsed it
  return all;
}

Result<void> ListSource::each(const Visit& visit) {
  for (const auto& table : contents_.base->tables)
    table.each([&](ByteView number, const status::PackedRow& row) {
      visit(table.shape().authority, *pki::SerialNumber::of_magnitude(number),
            row.state != status::State::valid);
    });
  return {};
}

Result<FilterState> filter_state(const home::Home& home, const std::function<void(const Error&)>& told) {
  FilterState state;
  SHOMEI_TRY(state.edition.made_at, nothing_under_way_before(home));  // before the list is read
  SHOMEI_TRY(const auto followed, follow_to_head(home, told));
  SHOMEI_TRY(auto standstill, followed->follower.stand_still());
  state.edition.checkpoint = std::move(standstill.position.checkpoint);
  state.source = std::make_unique<ListSource>(std::move(standstill.contents));
  return state;
}

}  // namespace shomei::app
