#include "mass/fix.h"

#include <random>
#include <unordered_set>

#include "counter/admit.h"
#include "counter/request.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "mass/decision.h"
#include "mass/fixed_list.h"
#include "mass/selection.h"

namespace shomei::mass {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
constexpr std::uint64_t kLookedEvery = 10'000;

// What a walk through all certificates gathers, certificate by certificate.
class Gathering {
 public:
  Gathering(Verb verb, Date today, ListWriter& list) : verb_(verb), today_(today), list_(list) {}

  Result<void> take(const CertificateRecord& record) {
    const Date last_day = jst_date(record.not_after);
    if (record.state == CertificateState::revoked || !is_for(verb_, record.state)) {
      ++found_.passed_over[std::string(journal::name(record.state))];
      return {};
    }
    if (last_day < today_) {
      ++found_.passed_over["expired"];
      return {};
    }
    const Line line{record.authority, record.serial, record.partition, record.resident, last_day};
    count(line, std::string(pki::name(record.kind)));
    return list_.add(line);
  }
  Found found() && {
    found_.residents = residents_.size();
    return std::move(found_);
  }

 private:
  void count(const Line& line, const std::string& kind) {
    ++found_.certificates;
    ++found_.by_municipality[line.municipality];
    ++found_.by_kind[kind];
    ++found_.by_authority[line.authority];
    const auto [latest, first] = found_.last_days.try_emplace(kind, line.last_day);
    if (!first) latest->second = std::max(latest->second, line.last_day);
    if (!line.resident.empty()) residents_.insert(journal::mark_of(line.resident));
    sample(line);
  }
  // Each certificate is in it as likely as any other (Vitter's algorithm R).
  void sample(const Line& line) {
    if (found_.sample.size() < kSampleMax) return found_.sample.push_back(line);
    const auto place = std::uniform_int_distribution<std::uint64_t>(0, found_.certificates - 1)(random_);
    if (place < kSampleMax) found_.sample[place] = line;
  }

  Verb verb_;
  Date today_;
  ListWriter& list_;
  Found found_;
  std::unordered_set<std::int64_t> residents_;  // by their marks
  std::mt19937_64 random_{std::random_device{}()};
};

Result<void> walk(journal::Rows& rows, const Selection& selection, Gathering& gathering,
                  const Looked& looked) {
  Result<void> so_far;
  std::uint64_t seen = 0;
  const auto each = [&](const CertificateRecord& record) {
    const auto matches = selection.matches(record);
    if (!matches) so_far = matches.error();
    if (matches && *matches) so_far = gathering.take(record);
    if (looked && ++seen % kLookedEvery == 0) looked(seen);
    return so_far.has_value();
  };
  SHOMEI_CHECK(selection.needs_der() ? rows.each_signed(each) : rows.each_issued(each));
  return so_far;
}

// Writes the list, and says in the order what is on it.
Result<void> write_list(const Parts& parts, const Wish& wish, Order& order, const Looked& looked) {
  auto known = std::make_shared<const authority::KnownKeys>();
  if (wish.query.key.asks()) {
    SHOMEI_TRY(known, counter::known_keys_of(parts.counter));
  }
  SHOMEI_TRY(const auto rows, parts.counter.journal.read());
  const Selection selection(wish.query, *rows, *known);
  const Date today = jst_date(parts.counter.journal.clock().now());
  return files::replace_file(parts.folder.list(order.id),
                             [&](const files::WritePiece& write) -> Result<void> {
                               ListWriter list(write);
                               Gathering gathering(wish.verb, today, list);
                               SHOMEI_CHECK(walk(*rows, selection, gathering, looked));
                               SHOMEI_TRY(order.list, list.finish());
                               order.found = std::move(gathering).found();
                               return {};
                             });
}

crypto::Sha256 asked(const Wish& wish, const std::string& query) {
  return counter::content_of({act_of(wish.verb), query, wish.officer.office.text(),
                              wish.ground ? rules::name(*wish.ground) : "",
                              wish.reason ? rules::name(*wish.reason) : "", wish.cause});
}

Result<std::optional<Order>> fixed_before(journal::Rows& rows, const Wish& wish, const std::string& query) {
  SHOMEI_TRY(const auto before, rows.find_request(wish.officer.request));
  if (!before) return std::optional<Order>{};
  if (before->content != asked(wish, query))
    return conflict("request_differs", {{"request", wish.officer.request.text()}});
  SHOMEI_TRY(const auto entries, rows.entries_of_act(before->act));
  SHOMEI_TRY(const auto intent, rows.find_entry(entries.at(0)));
  SHOMEI_TRY(auto order, read_order(*intent));
  return std::optional<Order>{std::move(order)};
}

// What the rules say of it, with their facts: the person part, which is about nobody.
Result<journal::Fields> decided(const Parts& parts, const Order& order) {
  if (!changes_states(order.verb)) return journal::Fields{};
  SHOMEI_TRY(const auto office, parts.counter.directory.office(order.officer.office));
  const auto facts = facts_of(order, office, parts.counter.journal.clock().now());
  SHOMEI_TRY(auto decided,
             counter::decide_act(parts.counter, act_of_rules(order.verb), facts, order.officer, {}));
  return std::move(decided.person);
}

Result<void> record(const Parts& parts, const Wish& wish, Order& order, journal::Fields person) {
  SHOMEI_TRY(auto transaction, parts.counter.journal.begin());
  SHOMEI_CHECK(transaction.rows().insert(journal::RequestRecord{
      order.officer.request, order.id, asked(wish, order.query), to_bytes(order.id.text())}));
  SHOMEI_TRY(order.sequence, transaction.append({.act = order.id,
                                                 .phase = journal::Phase::intent,
                                                 .person = std::move(person),
                                                 .officer = fields_of(order)}));
  SHOMEI_CHECK(transaction.commit());
  SHOMEI_TRY(const auto rows, parts.counter.journal.read());
  SHOMEI_TRY(const auto intent, rows->find_entry(order.sequence));
  SHOMEI_TRY(order, read_order(*intent));
  return {};
}

Order asked_for(const Wish& wish, std::string query) {
  Order order;
  order.id = crypto::ordered_identifier<ActId>();
  order.verb = wish.verb;
  order.ground = wish.ground;
  order.reason = wish.reason;
  order.cause = wish.cause;
  order.officer = wish.officer;
  order.query = std::move(query);
  return order;
}

Result<void> write_and_record(const Parts& parts, const Wish& wish, Order& order, const Looked& looked) {
  SHOMEI_CHECK(write_list(parts, wish, order, looked));
  if (order.found.certificates == 0) return refused("mass_nothing_found");
  order.content = content_of(order);
  SHOMEI_TRY(auto person, decided(parts, order));
  return record(parts, wish, order, std::move(person));
}

Result<Order> fix_new(const Parts& parts, const Wish& wish, const Looked& looked) {
  SHOMEI_CHECK(expect_not_empty(wish.query));
  if (wish.reason && wish.verb != Verb::revoke) return refused("mass_reason_unfit");
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  auto order = asked_for(wish, encode_query(wish.query));
  SHOMEI_TRY(auto before, fixed_before(*rows, wish, order.query));
  rows.reset();
  if (before) return *std::move(before);
  SHOMEI_CHECK(files::make_own_folder(parts.folder.root));
  const auto fixed = write_and_record(parts, wish, order, looked);
  if (fixed) return order;
  // A list that no entry names is nobody's.
  std::error_code stays;
  std::filesystem::remove(parts.folder.list(order.id), stays);
  return fixed.error();
}

}  // namespace

Result<Order> fix(const Parts& parts, const Wish& wish, const Looked& looked) {
  const auto act = act_of(wish.verb);
  SHOMEI_CHECK(counter::admit(parts.counter, act, wish.officer));
  return counter::traced(parts.counter, act, wish.officer, {}, fix_new(parts, wish, looked));
}

}  // namespace shomei::mass
