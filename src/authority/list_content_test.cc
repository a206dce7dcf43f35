// What lists say, held against a model that is nothing but maps, under random acts.
#include "authority/list_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "pki/signed_object.h"

namespace shomei::authority {
namespace {

using pki::RevocationReason;
using std::chrono::days;
using std::chrono::seconds;
using Listed = std::map<Bytes, std::pair<Instant, RevocationReason>>;  // by the serial number's twenty bytes

Bytes padded(const pki::SerialNumber& serial) {
  Bytes bytes(20 - serial.magnitude().size());
  append(bytes, serial.magnitude());
  return bytes;
}

pki::CrlHead head() {
  return {.issuer_name_der = *from_hex("3000"),
          .this_update = Instant{},
          .next_update = Instant{seconds{1}},
          .number = pki::crl_number(2)};
}

std::vector<pki::RevokedEntry> entries_of(pki::CrlWriter&& list, bool delta) {
  const Bytes tbs = to_bytes(list.finish_tbs());
  const auto der = pki::assemble_signed(tbs, head().algorithm, Bytes{1});
  const auto read = delta ? pki::parse_delta_crl(der) : pki::parse_crl(der);
  EXPECT_TRUE(read);
  return read ? read->entries : std::vector<pki::RevokedEntry>{};
}

std::vector<pki::RevokedEntry> complete(ListContent& content) {
  pki::CrlWriter list(head(), content.size());
  content.write(list);
  return entries_of(std::move(list), false);
}

std::vector<pki::RevokedEntry> delta(const ListContent& content, std::uint64_t since) {
  auto of = head();
  of.delta_base = pki::crl_number(1);
  pki::CrlWriter list(of, content.changes_since(since));
  content.write_changes_since(since, list);
  return entries_of(std::move(list), true);
}

Listed listed(const std::vector<pki::RevokedEntry>& entries) {
  Listed all;
  for (const auto& e : entries)
    all[padded(e.serial)] = {e.revoked_at, e.reason.value_or(RevocationReason::unspecified)};
  return all;
}

// What a client makes of a list and a delta list (RFC 5280 5.2.4).
Listed combined(Listed have, const std::vector<pki::RevokedEntry>& changes) {
  for (const auto& e : changes)
    if (e.reason == RevocationReason::remove_from_crl)
      have.erase(padded(e.serial));
    else
      have[padded(e.serial)] = {e.revoked_at, e.reason.value_or(RevocationReason::unspecified)};
  return have;
}

// Table and lists as RevokedCertificates has them, beside the model.
class Beside {
 public:
  explicit Beside(unsigned seed) : random_(seed) {}

  void act() {
    now_ += seconds{random_() % 600};
    switch (random_() % 6) {
      case 0:
      case 1:
        return come();
      case 2:
      case 3:
        return change();
      case 4:
        return leave(true);
      default:
        return leave(false);
    }
  }
  void load(int count) {
    std::map<Bytes, pki::SerialNumber> ascending;
    for (int i = 0; i < count; ++i) {
      const auto serial = new_serial();
      ascending[padded(serial)] = serial;
    }
    for (const auto& [key, serial] : ascending) put(serial, true);
  }
  ListContent& content(std::size_t scope) { return scope == 0 ? whole_ : scope == 1 ? one_ : two_; }
  const Listed& model(std::size_t scope) const { return models_[scope]; }
  // Those whose certificates have run out since, which a delta list passes over.
  const std::map<Bytes, std::uint64_t>& ran_out() const { return ran_out_; }
  std::mt19937& random() { return random_; }

 private:
  pki::SerialNumber new_serial() {
    Bytes bytes(1 + random_() % 19);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    bytes[0] |= 1;
    auto serial = pki::SerialNumber::of_magnitude(bytes).value_or(pki::SerialNumber::parse_hex("01").value());
    return models_[0].contains(padded(serial)) || ran_out_.contains(padded(serial)) ? new_serial() : serial;
  }
  RevocationReason reason() {
    constexpr RevocationReason kReasons[] = {RevocationReason::unspecified, RevocationReason::key_compromise,
                                             RevocationReason::certificate_hold};
    return kReasons[random_() % 3];
  }
  void put(const pki::SerialNumber& serial, bool from_the_beginning) {
    const auto partition = static_cast<std::uint32_t>(random_() % 3);
    Revoked revoked{now_, now_ + days{1}, SerialKey(serial)};
    revoked.set_reason(reason());
    if (partition < 2) revoked.partition = partition & Revoked::kNoPartition;
    const Slot slot = table_.insert(revoked);
    slots_[padded(serial)] = slot;
    for (const auto scope : scopes_of(slot)) {
      from_the_beginning ? content(scope).loaded(slot) : content(scope).came(slot);
      models_[scope][padded(serial)] = {now_, revoked.reason()};
    }
  }
  void come() {
    // Now and then one that was there before: it was held, released, and is held again.
    if (!left_.empty() && random_() % 3 == 0) {
      const auto again = left_.back();
      left_.pop_back();
      return put(again, false);
    }
    put(new_serial(), false);
  }
  std::vector<std::size_t> scopes_of(Slot slot) const {
    const auto partition = table_[slot].partition;
    if (partition == Revoked::kNoPartition) return {0};
    return {0, partition + 1U};
  }
  std::optional<std::pair<Bytes, Slot>> any() {
    if (slots_.empty()) return std::nullopt;
    auto at = slots_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random_() % slots_.size()));
    return *at;
  }
  void change() {
    const auto one = any();
    if (!one) return;
    auto& revoked = table_[one->second];
    revoked.revoked_at = now_;
    revoked.set_reason(reason());
    for (const auto scope : scopes_of(one->second)) {
      content(scope).changed(one->second);
      models_[scope][one->first] = {now_, revoked.reason()};
    }
  }
  void leave(bool released) {
    const auto one = any();
    if (!one) return;
    const auto scopes = scopes_of(one->second);
    table_.remove(one->second);
    for (const auto scope : scopes) {
      released ? content(scope).released(one->second) : content(scope).ran_out(one->second);
      models_[scope].erase(one->first);
    }
    slots_.erase(one->first);
    if (released)
      left_.push_back(pki::SerialNumber::of_magnitude(one->first).value());
    else
      ran_out_[one->first] = 1;
  }

  std::mt19937 random_;
  Instant now_ = *parse_instant("2026-11-22T00:00:00Z");
  RevokedTable table_;
  ListContent whole_{table_}, one_{table_, 0}, two_{table_, 1};
  std::map<Bytes, Slot> slots_;
  std::vector<pki::SerialNumber> left_;
  std::array<Listed, 3> models_;
  std::map<Bytes, std::uint64_t> ran_out_;
};

TEST(ListContent, SaysWhatAModelOfMapsSaysWholeAndByDelta) {
  struct Kept {
    std::uint64_t revision;
    Listed listed;
  };
  std::size_t compared = 0, removed = 0;
  for (unsigned seed = 0; seed < 4; ++seed) {
    Beside lists(seed);
    lists.load(seed % 2 ? 40 : 0);
    std::array<std::vector<Kept>, 3> kept;
    for (int step = 0; step < 400; ++step) {
      lists.act();
      const std::size_t scope = lists.random()() % 3;
      auto& content = lists.content(scope);
      ASSERT_EQ(content.size(), lists.model(scope).size());
      if (step % 7) continue;
      const auto now = complete(content);
      ASSERT_EQ(listed(now), lists.model(scope)) << seed << " " << step;
      ASSERT_TRUE(std::ranges::is_sorted(now, {}, [](const auto& e) { return padded(e.serial); }));
      for (const auto& have : kept[scope]) {
        const auto changes = delta(content, have.revision);
        auto got = combined(have.listed, changes);
        std::erase_if(got, [&](const auto& one) {
          return lists.ran_out().contains(one.first) && !lists.model(scope).contains(one.first);
        });
        ASSERT_EQ(got, lists.model(scope)) << seed << " " << step;
        ASSERT_TRUE(std::ranges::is_sorted(changes, {}, [](const auto& e) { return padded(e.serial); }));
        ++compared;
        removed += std::ranges::count(changes, std::optional(RevocationReason::remove_from_crl),
                                      &pki::RevokedEntry::reason);
      }
      if (kept[scope].size() > 4) {
        kept[scope].erase(kept[scope].begin());
        content.forget_changes_until(kept[scope].front().revision);
      }
      kept[scope].push_back({content.revision(), lists.model(scope)});
    }
  }
  EXPECT_GT(compared, 300U);
  EXPECT_GT(removed, 300U);
}

TEST(ListContent, EveryActRaisesTheRevisionOfTheListsConcernedAlone) {
  RevokedTable table;
  ListContent whole{table}, here{table, 0}, there{table, 1};
  Revoked revoked{Instant{}, Instant{}, SerialKey(*pki::SerialNumber::parse_hex("77"))};
  revoked.partition = 0;
  const Slot slot = table.insert(revoked);
  for (auto* list : {&whole, &here}) list->came(slot);
  EXPECT_EQ(whole.revision(), here.revision());
  EXPECT_GT(here.revision(), there.revision());
  EXPECT_EQ(there.size(), 0U);
}

// A mass act and its end: slots are used again, and what is left is found.
TEST(RevokedTable, FindsWhatIsThereAmongManyThatCameAndWent) {
  RevokedTable table;
  std::map<Bytes, Slot> there;
  std::mt19937 random{3};
  Slot most = 0;
  for (int step = 0; step < 20'000; ++step) {
    Bytes bytes(4);
    append_u64(bytes, 1 + random() % 2'000);  // close to each other: clusters, and holes in them
    const auto serial = pki::SerialNumber::of_magnitude(bytes).value();
    const auto found = table.find(SerialKey(serial));
    const auto model = there.find(bytes);
    ASSERT_EQ(found.has_value(), model != there.end()) << step;
    if (!found) {
      Revoked revoked{Instant{}, Instant{}, SerialKey(serial)};
      revoked.lists = 1;
      there[bytes] = table.insert(revoked);
    } else {
      ASSERT_EQ(*found, model->second);
      table.remove(*found);
      table.let_go(*found);
      there.erase(model);
    }
    ASSERT_EQ(table.size(), there.size());
    most = std::max(most, static_cast<Slot>(there.size()));
  }
  EXPECT_EQ(table.slots(), most) << "what was left is used again";
}

}  // namespace
}  // namespace shomei::authority
