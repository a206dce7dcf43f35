#include "app/drill_revoke.h"

#include <algorithm>
#include <map>

#include "app/drill_node.h"
#include "app/fill_store.h"
#include "app/mass_lists.h"
#include "app/mass_words.h"
#include "app/responders.h"
#include "crypto/random.h"
#include "home/filling.h"
#include "home/rehearsal.h"
#include "mass/fix.h"

namespace shomei::app {
namespace {

using Watch = std::chrono::steady_clock;
using journal::CertificateRecord;

double seconds_since(Watch::time_point begun) {
  return std::chrono::duration<double>(Watch::now() - begun).count();
}

Result<std::unique_ptr<home::Home>> open_copy(const home::Rehearsal& copy) {
  return home::Home::open(copy.root(), {.access = journal::Access::write});
}

// The first certificates of the authority that can be revoked, at most so many.
Result<mass::FileList<mass::Listed>> in_force(const home::Home& home, const std::string& issuer,
                                              std::uint64_t count) {
  mass::FileList<mass::Listed> list;
  const Instant now = home.clock().now();
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_CHECK(rows->each_issued([&](const CertificateRecord& record) {
    if (record.authority == issuer && journal::in_force(record) && record.not_after > now)
      list.items.push_back({record.serial, record.authority});
    return list.items.size() < count;
  }));
  std::ranges::sort(list.items);
  return list;
}

// Before a country is copied for a name that is a slip.
Result<void> expect_known(const home::Home& home, const std::string& issuer) {
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto all, rows->list_authorities());
  if (std::ranges::find(all, issuer, &journal::AuthorityRecord::name) != all.end()) return {};
  return not_found("authority_unknown", {{"authority", issuer}});
}

// How many certificates of the issuer are missing. Nothing is made up but in a demo.
Result<std::uint64_t> missing_in(const home::Home& home, const RevocationDrill& drill) {
  SHOMEI_TRY(const auto there, in_force(home, drill.issuer, drill.count));
  const auto missing = drill.count - there.items.size();
  if (missing == 0 || home.settings().demo) return missing;
  return refused("drill_too_few",
                 {{"there", std::to_string(there.items.size())}, {"wanted", std::to_string(drill.count)}});
}

// The generation that is drilled issues what is made up, whichever issues by now; of the other kind, the one
// that does.
using Issuing = std::map<pki::CertificateKind, const authority::Authority*>;
Result<Issuing> issuing_for(home::Home& home, const std::string& issuer) {
  SHOMEI_TRY(const auto* drilled, home.authority(issuer));
  Issuing issuing{{drilled->kind(), drilled}};
  for (auto kind : {pki::CertificateKind::signature, pki::CertificateKind::user_authentication})
    if (kind != drilled->kind()) {
      SHOMEI_TRY(issuing[kind], home.issuing_authority(kind));
    }
  return issuing;
}

// People who never came, two certificates each, of which one is of the issuer. Closes the home behind it, so
// that the filled store can take the place of the copy's.
Result<std::uint64_t> fill(const home::Rehearsal& copy, const RevocationDrill& drill) {
  SHOMEI_TRY(const auto home, open_copy(copy));
  SHOMEI_TRY(const auto missing, missing_in(*home, drill));
  if (missing == 0) return missing;
  SHOMEI_TRY(const auto issuing, issuing_for(*home, drill.issuer));
  auto parts = home->parts();
  parts.issuing_authority = [&](pki::CertificateKind kind) -> Result<const authority::Authority*> {
    return issuing.at(kind);
  };
  SHOMEI_TRY(const auto filling, home::open_filling(home->layout(), home->settings().store));
  SHOMEI_TRY(const auto filled, fill_store(parts, home->checkpoint_signer(), *filling, 2 * missing,
                                           {.person_parts = false, .stop = drill.stop}, drill.progress));
  return filled.certificates;
}

Result<std::uint64_t> fill_up(const home::Rehearsal& copy, const RevocationDrill& drill) {
  SHOMEI_TRY(const auto filled, fill(copy, drill));
  if (filled > 0) SHOMEI_CHECK(home::take_filled(home::Layout{copy.root()}, home::StoreSettings{}));
  return filled;
}

Result<void> expect_going_on(const RevocationDrill& drill) {
  if (drill.stop()) return unavailable("interrupted");
  return {};
}

class Drill {
 public:
  Drill(home::Home& home, const RevocationDrill& wanted, RevocationDrilled& into)
      : home_(home), wanted_(wanted), into_(into) {}

  Result<void> run() {
    SHOMEI_CHECK(start_nodes());
    SHOMEI_CHECK(expect_going_on(wanted_));
    SHOMEI_TRY(const auto order, fix());
    SHOMEI_CHECK(carry_out(order));
    SHOMEI_CHECK(expect_going_on(wanted_));
    reckon();
    return weigh_lists();
  }

 private:
  Result<void> start_nodes() {
    for (unsigned i = 0; i < wanted_.nodes; ++i) {
      SHOMEI_TRY(auto node, DrillNode::start(home_));
      nodes_.push_back(std::move(node));
    }
    responders_.emplace(home_, home_.clock(),
                        [this](const auto& name, auto& signer, const auto& certificate) -> Result<void> {
                          for (auto& node : nodes_)
                            SHOMEI_CHECK(node->responder().set_delegate(name, signer, certificate.der));
                          return {};
                        });
    return responders_->appoint_all();
  }

  Result<mass::Order> fix() {
    const auto begun = Watch::now();
    mass::Wish wish{.verb = mass::Verb::revoke};
    wish.ground = rules::Ground::authority_compromise;
    wish.reason = wanted_.reason;
    wish.cause = "drill";
    wish.officer = {.name = "drill",
                    .office = home_.settings().directory.offices.front().id,
                    .request = crypto::ordered_identifier<RequestId>()};
    SHOMEI_TRY(wish.query.certificates, in_force(home_, wanted_.issuer, wanted_.count));
    SHOMEI_TRY(auto order,
               mass::fix(parts(), wish, [&](std::uint64_t n) { wanted_.progress("looked at", n); }));
    into_.fixing = seconds_since(begun);
    return order;
  }

  // Nobody agrees to a drill.
  mass::Parts parts() {
    auto all = mass_parts(home_);
    all.counter.admission = nullptr;
    return all;
  }

  Result<void> carry_out(const mass::Order& order) {
    mass::Going going;
    going.stop = wanted_.stop;
    going.progress = [this](std::uint64_t through, std::uint64_t) {
      wanted_.progress("revoked", through);
      tell_nodes();
    };
    const auto begun = Watch::now();
    going.publish_lists = [&](const mass::Standing& standing) -> Result<std::vector<mass::ShownIn>> {
      into_.revoking = seconds_since(begun);
      SHOMEI_CHECK(wait_for_nodes(standing));
      const auto shown = Watch::now();
      SHOMEI_TRY(auto lists, publish_lists(home_, standing));
      into_.listing = seconds_since(shown);
      return lists;
    };
    SHOMEI_TRY(into_.report, mass::carry_out(parts(), order.id, going));
    if (into_.report.standing.stage != mass::Stage::done) return unavailable("interrupted");
    return {};
  }

  // A part is committed when its progress is told.
  void tell_nodes() {
    const auto rows = home_.rows();
    if (!rows) return;
    const auto size = (*rows)->journal_size();
    if (!size || *size == 0) return;
    for (auto& node : nodes_) node->committed(*size - 1);
  }

  // The last status answer: of the last certificate of the list, on every node.
  Result<void> wait_for_nodes(const mass::Standing& standing) {
    const auto begun = Watch::now();
    for (auto& node : nodes_) SHOMEI_CHECK(node->wait(wanted_.stop));
    SHOMEI_TRY(const auto last, last_of(standing));
    for (auto& node : nodes_) {
      auto lags = node->lags();
      std::ranges::sort(lags);
      into_.nodes.push_back(
          {std::move(lags), node->answer(last.authority, last.serial) == DrillNode::Answer::revoked});
    }
    into_.showing = seconds_since(begun);
    return {};
  }

  Result<mass::Line> last_of(const mass::Standing& standing) {
    SHOMEI_TRY(const auto list,
               mass::FixedList::open(mass_folder(home_).list(standing.order.id), standing.order.list));
    mass::Line last;
    SHOMEI_CHECK(list.each(list.size() - 1, [&](const mass::Line& line) {
      last = line;
      return true;
    }));
    return last;
  }

  // Each resident comes once, to a counter of the own municipality; the drill is over when the last of them
  // is done. Where no office is of a municipality, its residents go to one office.
  void reckon() {
    std::map<std::string, std::uint64_t> offices;
    for (const auto& office : home_.settings().directory.offices)
      if (office.kind == rules::OfficeKind::city_hall || office.kind == rules::OfficeKind::branch_office) {
        ++offices[office.municipality];
        ++into_.offices;
      }
    const double hours_each = std::chrono::duration<double, std::ratio<3600>>(wanted_.each).count();
    into_.counter_hours = hours_each * static_cast<double>(into_.report.residents);
    const double certificates = static_cast<double>(std::max<std::uint64_t>(1, into_.report.standing.done));
    for (const auto& [municipality, count] : into_.report.by_municipality) {
      const double residents =
          static_cast<double>(into_.report.residents) * static_cast<double>(count) / certificates;
      const auto counters = std::max<std::uint64_t>(1, offices[municipality]) * wanted_.counters;
      into_.days_until_done =
          std::max(into_.days_until_done,
                   residents * hours_each / static_cast<double>(counters) / wanted_.hours_a_day);
    }
  }

  Result<void> weigh_lists() {
    SHOMEI_TRY(const auto rows, home_.rows());
    for (const auto& shown : into_.report.lists) {
      SHOMEI_TRY(const auto record, rows->latest_crl(shown.name));
      if (record) into_.lists.push_back({shown, record->der.size()});
    }
    return {};
  }

  home::Home& home_;
  const RevocationDrill& wanted_;
  RevocationDrilled& into_;
  std::vector<std::unique_ptr<DrillNode>> nodes_;
  std::optional<Responders> responders_;
};

}  // namespace

Result<RevocationDrilled> drill_revocation(const home::Home& of, const RevocationDrill& drill,
                                           const journal::CopyProgress& copying) {
  SHOMEI_CHECK(expect_known(of, drill.issuer));
  RevocationDrilled drilled;
  drilled.begun = of.clock().now_ms();
  const auto begun = Watch::now();
  SHOMEI_TRY(const auto copy, home::Rehearsal::make(of, copying));
  SHOMEI_CHECK(expect_going_on(drill));
  SHOMEI_TRY(drilled.filled, fill_up(copy, drill));
  SHOMEI_TRY(const auto home, open_copy(copy));
  SHOMEI_TRY(auto rows, home->rows());
  SHOMEI_TRY(drilled.entries_copied, rows->journal_size());
  rows.reset();
  drilled.copying = seconds_since(begun);
  SHOMEI_CHECK(Drill(*home, drill, drilled).run());
  drilled.ended = of.clock().now_ms();
  return drilled;
}

}  // namespace shomei::app
