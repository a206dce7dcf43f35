#include "authority/standing_lists.h"

#include <algorithm>

#include "authority/sign_list.h"
#include "crypto/random.h"

namespace shomei::authority {
namespace {

using journal::ListName;

// Lists that are recorded in one transaction, and with how many bytes it is closed; they are signed before it
// begins, so that nobody waits for a key.
constexpr std::size_t kAtOnce = 32;
constexpr std::size_t kBytesAtOnce = 1'000'000;
// A delta list with fewer changes than these is small, whatever the complete list is.
constexpr std::size_t kChangesLeast = 1'000;
// After so many turns it gives way to another authority; the rest is due at the next call.
constexpr std::size_t kTurnsMax = 1000;

journal::CrlPublished told_of(const ListName& name, const journal::CrlRecord& record,
                              std::optional<std::uint64_t> base) {
  return {name.authority, record.number, record.this_update, record.next_update, crypto::sha256(record.der),
          name.partition, base};
}

Error unknown(const ListName& name) {
  return not_found("crl_unknown", {{"authority", name.text()}});
}

}  // namespace

Result<void> StandingLists::catch_up() {
  SHOMEI_TRY(const auto rows, journal_.read());
  return catch_up(*rows);
}

Result<void> StandingLists::catch_up(journal::Rows& rows) {
  return revoked_.catch_up(rows, journal_.clock().now(),
                           [this](const journal::CrlPublished& list) { published(list); });
}

// Of another process; what this one published stands here already.
void StandingLists::published(const journal::CrlPublished& list) {
  const auto at = standing_.find({list.authority, list.partition});
  if (at == standing_.end() || list.base) return;
  if (list.number != at->second.number || list.crl != at->second.digest) at->second.known = false;
}

// Partitions that stand in the store, whether the settings name them still or not: their certificates go on.
Result<void> StandingLists::look_for_partitions() {
  if (looked_for_partitions_) return {};
  SHOMEI_TRY(const auto rows, journal_.read());
  SHOMEI_TRY(const auto lists, rows->latest_crls());
  for (const auto& list : lists)
    if (const auto name = ListName::parse(list.name)) revoked_.content(name->authority, name->partition);
  looked_for_partitions_ = true;
  return {};
}

std::vector<StandingLists::Scope> StandingLists::scopes_of(const Authority& authority) {
  for (const auto& place : places_.municipalities)
    if (journal::names_partition(place.code)) revoked_.content(authority.name(), place.code);
  std::vector<Scope> scopes{{authority.name(), {}}};
  for (auto& partition : revoked_.partitions(authority.name()))
    scopes.emplace_back(authority.name(), std::move(partition));
  return scopes;
}

Result<StandingLists::Standing*> StandingLists::standing_of(const Scope& scope) {
  auto& standing = standing_[scope];
  if (!standing.known) SHOMEI_CHECK(read_standing(scope, standing));
  return &standing;
}

Result<void> StandingLists::read_standing(const Scope& scope, Standing& standing) {
  const ListName name{scope.first, scope.second, false};
  SHOMEI_TRY(const auto rows, journal_.read());
  // A list of another process must not say more than is known here: it would be taken back.
  SHOMEI_CHECK(catch_up(*rows));
  SHOMEI_TRY(const auto complete, rows->latest_crl(name.text()));
  standing = {};
  if (complete) {
    SHOMEI_TRY(const auto delta, rows->latest_crl(name.delta_list().text()));
    standing.has_delta = delta && delta->number == complete->number;
    ListContent::Resume resume(revoked_.content(scope.first, scope.second));
    pki::CrlHead changes;
    if (standing.has_delta) {
      SHOMEI_TRY(changes, pki::read_delta_crl(delta->der, [&](const auto& entry) { resume.delta(entry); }));
    }
    SHOMEI_TRY(standing.head,
               pki::read_crl(complete->der, [&](const auto& entry) { resume.complete(entry); }));
    standing.revision = resume.finish();
    standing.number = complete->number;
    standing.this_update = complete->this_update;
    standing.next_update = complete->next_update;
    standing.digest = crypto::sha256(complete->der);
    if (standing.has_delta)
      standing.bases.push_back({pki::crl_counter(*changes.delta_base).value_or(standing.number),
                                standing.revision - 1, standing.next_update});
    else
      standing.bases.push_back({standing.number, standing.revision, standing.next_update});
  }
  standing.known = true;
  return {};
}

Result<std::optional<Bytes>> StandingLists::point_in_certificate(const Scope& scope) {
  const auto serial = revoked_.example(scope.first, scope.second);
  if (!serial) return std::nullopt;
  SHOMEI_TRY(const auto rows, journal_.read());
  SHOMEI_TRY(const auto records, rows->find_certificates(*serial));
  const auto at = std::ranges::find(records, scope.first, &journal::CertificateRecord::authority);
  if (at == records.end() || at->der.empty()) return std::nullopt;
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(at->der));
  const auto* points = certificate.tbs.find(pki::extension_id::crl_distribution_points());
  if (!points) return std::nullopt;
  SHOMEI_TRY(auto name, pki::parse_point_name(points->value));
  return name;
}

// As the settings say, as certificates of now do; else as the list that stands, or as a certificate of then.
Result<std::optional<Bytes>> StandingLists::point_of(const Authority& authority, const Scope& scope) {
  const auto place = std::ranges::find(places_.municipalities, scope.second, &Municipality::code);
  if (place != places_.municipalities.end())
    return distribution_point_name(places_.profile, authority.kind(), *place).der();
  const auto& head = standing_[scope].head;
  if (head.scope && head.scope->point_name_der) return head.scope->point_name_der;
  const auto known = points_.find(scope);
  if (known != points_.end()) return known->second;
  SHOMEI_TRY(const auto found, point_in_certificate(scope));
  if (found) points_[scope] = *found;
  return found;
}

// None where nothing tells how the partition is named: then it has no list yet.
Result<std::optional<pki::CrlHead>> StandingLists::head_of(const Authority& authority, const Scope& scope,
                                                           const Standing& standing, Instant now) {
  pki::CrlHead head;
  head.algorithm = authority.list_signer().algorithm();
  head.issuer_name_der = authority.list_certificate().tbs.subject.der();
  head.this_update = now;
  head.next_update = std::max(now + settings_.validity, standing.next_update);
  head.authority_key = authority_key_of(authority);
  head.number = pki::crl_number(standing.number + 1);
  if (scope.second.empty()) {
    head.freshest_name_der = head.issuer_name_der;
    return head;
  }
  SHOMEI_TRY(const auto point, point_of(authority, scope));
  if (!point) return std::nullopt;
  head.scope = pki::CrlScope{pki::CrlScope::Of::users, *point};
  head.freshest_name_der = *point;
  return head;
}

// Of its own life, or of that of lists of now where it is shorter: the setting may have been another.
Instant StandingLists::half_of(const Standing& standing) const {
  const auto life = std::min(settings_.validity, standing.next_update - standing.this_update);
  return standing.this_update + life / 2;
}

Instant StandingLists::next_due(Instant now) {
  auto next = Instant::max();
  for (const auto& [scope, standing] : standing_) {
    if (!standing.known || standing.number == 0) continue;
    if (half_of(standing) > now) next = std::min(next, half_of(standing));
    if (waits(scope, standing, now)) next = std::min(next, waits_until(scope, standing));
  }
  return next;
}

bool StandingLists::has_changed(const Scope& scope, const Standing& standing) {
  return standing.revision != revoked_.content(scope.first, scope.second).revision();
}

bool StandingLists::waits(const Scope& scope, const Standing& standing, Instant now) {
  return has_changed(scope, standing) && standing.this_update <= now && now < waits_until(scope, standing);
}

Instant StandingLists::waits_until(const Scope& scope, const Standing& standing) {
  if (!scope.second.empty()) return standing.this_update;
  const auto entries = revoked_.content(scope.first, {}).size();
  if (entries <= settings_.large) return standing.this_update;
  return standing.this_update +
         std::chrono::ceil<std::chrono::seconds>(settings_.rest * static_cast<std::int64_t>(entries));
}

StandingLists::Due StandingLists::due(const Standing& standing, const pki::CrlHead& wanted,
                                      const Scope& scope, Instant now, Large large) {
  if (standing.number == 0) return Due::has_changed;
  const bool may_wait = large == Large::wait && waits(scope, standing, now);
  if (has_changed(scope, standing) && !may_wait) return Due::has_changed;
  const auto& head = standing.head;
  const bool same = head.authority_key == wanted.authority_key && head.scope == wanted.scope &&
                    head.freshest_name_der == wanted.freshest_name_der && standing.has_delta;
  if (!same) return Due::has_changed;
  const bool young = standing.this_update <= now && now < half_of(standing);
  return young ? Due::no : Due::grows_old;
}

Result<std::vector<StandingLists::Scope>> StandingLists::due_of(const Authority& authority, Instant now,
                                                                Large large) {
  std::vector<Scope> changed, old;
  for (const auto& scope : scopes_of(authority)) {
    SHOMEI_TRY(const auto* standing, standing_of(scope));
    SHOMEI_TRY(const auto head, head_of(authority, scope, *standing, now));
    const auto why = head ? due(*standing, *head, scope, now, large) : Due::no;
    if (why == Due::has_changed) changed.push_back(scope);
    if (why == Due::grows_old) old.push_back(scope);
    if (changed.size() == kAtOnce) break;
  }
  for (std::size_t i = 0; i < old.size() && changed.size() < kAtOnce; ++i) changed.push_back(old[i]);
  return changed;
}

Result<void> StandingLists::publish(const Authority& authority, Large large) {
  for (std::size_t turn = 0; turn < kTurnsMax; ++turn) {
    SHOMEI_CHECK(catch_up());
    SHOMEI_CHECK(look_for_partitions());
    const Instant now = journal_.clock().now();
    SHOMEI_CHECK(authority.expect_not_ended(now));
    SHOMEI_TRY(const auto scopes, due_of(authority, now, large));
    if (scopes.empty()) return {};
    SHOMEI_CHECK(sign(authority, scopes, now));
    // What comes while a large list is signed waits: else one change after the other kept it going.
    if (standing_[{authority.name(), {}}].known) large = Large::wait;
  }
  return {};
}

Result<void> StandingLists::sign(const Authority& authority, const std::vector<Scope>& scopes, Instant now) {
  std::vector<Made> lists;
  std::size_t bytes = 0;
  for (const auto& scope : scopes) {
    SHOMEI_TRY(auto made, make(authority, scope, now));
    bytes += made.complete.der.size() + made.delta.der.size();
    lists.push_back(std::move(made));
    if (bytes < kBytesAtOnce) continue;
    SHOMEI_CHECK(record(lists));
    lists.clear();
    bytes = 0;
  }
  return lists.empty() ? Result<void>{} : record(lists);
}

// Where a delta list may begin: at a list that is in date, of the same key and scope, and while it saves
// those who have that something.
void StandingLists::choose_base(Standing& standing, const pki::CrlHead& head, ListContent& content) {
  auto& bases = standing.bases;
  if (standing.head.authority_key != head.authority_key || standing.head.scope != head.scope) bases.clear();
  while (!bases.empty() && bases.front().until <= head.this_update) bases.pop_front();
  if (bases.empty()) return;
  const auto changes = content.changes_since(bases.front().revision);
  if (changes > kChangesLeast && changes > content.size() / 2) bases.clear();
}

// The two lists say the same, and are therefore of one number and one time (RFC 5280 5.2.3, 5.2.4).
Result<StandingLists::Made> StandingLists::make(const Authority& authority, const Scope& scope, Instant now) {
  SHOMEI_TRY(auto* standing, standing_of(scope));
  SHOMEI_TRY(auto head, head_of(authority, scope, *standing, now));
  const ListName name{scope.first, scope.second, false};
  if (!head) return unknown(name);
  auto& content = revoked_.content(scope.first, scope.second);
  choose_base(*standing, *head, content);
  const auto number = standing->number + 1;
  const Base base =
      standing->bases.empty() ? Base{number, content.revision(), head->next_update} : standing->bases.front();
  Made made{scope, *head, content.revision(), base, {}, {}};
  made.complete = {name.text(), number, head->this_update, head->next_update, {}};
  SHOMEI_TRY(made.complete.der, sign_complete_list(authority, *head, content));
  head->freshest_name_der.reset();
  head->delta_base = pki::crl_number(base.number);
  made.delta = {name.delta_list().text(), number, head->this_update, head->next_update, {}};
  SHOMEI_TRY(made.delta.der, sign_delta_list(authority, *head, content, base.revision));
  return made;
}

// A list in whose place another process has put one meanwhile is dropped; what stands is then read.
Result<void> StandingLists::record(std::vector<Made>& lists) {
  SHOMEI_TRY(auto transaction, journal_.begin());
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
  for (auto& made : lists) {
    SHOMEI_TRY(const auto last, transaction.rows().latest_crl_number(made.complete.name));
    if (last + 1 != made.complete.number) {
      standing_[made.scope].known = false;
      continue;
    }
    for (const auto* list : {&made.complete, &made.delta}) {
      SHOMEI_CHECK(transaction.rows().remove_crls_before(list->name, list->number));
      SHOMEI_CHECK(transaction.rows().insert(*list));
    }
    const ListName name{made.scope.first, made.scope.second, false};
    draft.status.push_back(told_of(name, made.complete, std::nullopt));
    draft.status.push_back(told_of(name, made.delta, made.base.number));
  }
  if (draft.status.empty()) return {};
  draft.officer = {{std::string(journal::field::kAct), to_bytes("publish_crl")},
                   {std::string(journal::field::kActor), to_bytes("system")}};
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  for (const auto& made : lists)
    if (standing_[made.scope].known) stands(made);
  return {};
}

void StandingLists::stands(const Made& made) {
  auto& standing = standing_[made.scope];
  standing.number = made.complete.number;
  standing.this_update = made.complete.this_update;
  standing.next_update = made.complete.next_update;
  standing.digest = crypto::sha256(made.complete.der);
  standing.head = made.head;
  standing.has_delta = true;
  standing.revision = made.revision;
  standing.bases.push_back({made.complete.number, made.revision, made.complete.next_update});
  revoked_.content(made.scope.first, made.scope.second).forget_changes_until(standing.bases.front().revision);
}

Result<journal::CrlRecord> StandingLists::latest(const ListName& name) const {
  SHOMEI_TRY(const auto rows, journal_.read());
  SHOMEI_TRY(auto crl, rows->latest_crl(name.text()));
  if (!crl) return unknown(name);
  return *std::move(crl);
}

Result<journal::CrlRecord> StandingLists::current(const Authority& authority, const ListName& name) {
  SHOMEI_CHECK(catch_up());
  SHOMEI_CHECK(look_for_partitions());
  const Instant now = journal_.clock().now();
  SHOMEI_CHECK(authority.expect_not_ended(now));
  const Scope scope{name.authority, name.partition};
  const auto scopes = scopes_of(authority);
  if (std::ranges::find(scopes, scope) == scopes.end()) return unknown(name);
  SHOMEI_TRY(const auto* standing, standing_of(scope));
  SHOMEI_TRY(const auto head, head_of(authority, scope, *standing, now));
  if (!head) return unknown(name);
  if (due(*standing, *head, scope, now, Large::at_once) != Due::no)
    SHOMEI_CHECK(sign(authority, {scope}, now));
  return latest(name);
}

Result<journal::CrlRecord> StandingLists::sign_anew(const Authority& authority, const ListName& name) {
  SHOMEI_CHECK(catch_up());
  const Instant now = journal_.clock().now();
  SHOMEI_CHECK(authority.expect_not_ended(now));
  SHOMEI_CHECK(sign(authority, {{name.authority, name.partition}}, now));
  return latest(name);
}

Result<bool> StandingLists::say_what_is_true(const std::string& authority, Large large) {
  SHOMEI_CHECK(catch_up());
  const Instant now = journal_.clock().now();
  return std::ranges::all_of(standing_, [&](const auto& one) {
    const auto& [scope, standing] = one;
    if (scope.first != authority || !standing.known || standing.number == 0) return true;
    return !has_changed(scope, standing) || (large == Large::wait && waits(scope, standing, now));
  });
}

}  // namespace shomei::authority
