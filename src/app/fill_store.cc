#include "app/fill_store.h"

#include <algorithm>
#include <deque>
#include <future>
#include <thread>

#include "base/check.h"
#include "crypto/many_rsa_keys.h"
#include "crypto/private_key.h"
#include "journal/checkpoint.h"

namespace shomei::app {
namespace {

constexpr std::size_t kPeoplePerBatch = 250;
constexpr std::size_t kRowsAtOnce = 10'000;
constexpr std::size_t kEntriesOfPerson = 6;

using Key = std::function<crypto::PublicKey(std::uint64_t)>;

Key keys_of(crypto::KeyType type, std::uint64_t count) {
  if (type != crypto::KeyType::rsa_2048)
    return [type](std::uint64_t) { return crypto::PrivateKey::generate(type).public_key(); };
  const auto keys = std::make_shared<crypto::RelatedRsaPublicKeys>(count);
  return [keys](std::uint64_t number) { return keys->key(number); };
}

journal::TileReader tiles_of(store::Filling& filling) {
  return [&filling](unsigned level, std::uint64_t index) -> Result<Bytes> {
    SHOMEI_TRY(auto tile, filling.tile(level, index));
    if (!tile)
      return internal("journal_tile_short",
                      {{"level", std::to_string(level)}, {"index", std::to_string(index)}});
    return *std::move(tile);
  };
}

Result<void> put_people(store::Filling& filling, const FilledPeople& people,
                        const std::function<void(std::string_view, std::size_t)>& progress) {
  const auto order = people.by_identifier();
  for (std::size_t first = 0; first < order.size(); first += kRowsAtOnce) {
    const std::size_t end = std::min(order.size(), first + kRowsAtOnce);
    std::vector<residents::Resident> residents;
    std::vector<residents::CardRecord> cards;
    for (std::size_t i = first; i < end; ++i) {
      residents.push_back(people.resident(order[i]));
      cards.push_back(people.card(order[i]));
    }
    SHOMEI_CHECK(filling.put_residents(residents));
    SHOMEI_CHECK(filling.put_cards(cards));
    progress("residents", end);
  }
  return {};
}

// Batches are made ahead, as many at once as there are cores, and put in their order.
class Pipeline {
 public:
  Pipeline(const IssueFiller& filler, std::size_t people, std::uint64_t sequence)
      : filler_(filler), people_(people), sequence_(sequence) {
    const std::size_t ahead = std::max(1U, std::thread::hardware_concurrency()) + 1;
    while (making_.size() < ahead && begin_next()) continue;
  }
  bool done() const { return making_.empty(); }
  Result<FilledBatch> next() {
    auto batch = making_.front().get();
    making_.pop_front();
    begin_next();
    return batch;
  }

 private:
  bool begin_next() {
    if (next_ >= people_) return false;
    const std::size_t first = next_, end = std::min(people_, first + kPeoplePerBatch);
    const std::uint64_t sequence = sequence_ + first * kEntriesOfPerson;
    making_.push_back(std::async(
        std::launch::async, [this, first, end, sequence] { return filler_.make(first, end, sequence); }));
    next_ = end;
    return true;
  }
  const IssueFiller& filler_;
  std::size_t people_, next_ = 0;
  std::uint64_t sequence_;
  std::deque<std::future<Result<FilledBatch>>> making_;
};

}  // namespace

Result<FillReport> fill_store(const counter::Parts& parts, crypto::Signer& checkpoint_signer,
                              store::Filling& filling, std::uint64_t certificates, FillOptions options,
                              const std::function<void(std::string_view, std::size_t)>& progress) {
  SHOMEI_INVARIANT(certificates > 0 && certificates % 2 == 0);
  SHOMEI_TRY(auto head, filling.head());
  SHOMEI_TRY(auto edge, journal::TreeEdge::load(head.size, tiles_of(filling)));
  const InstantMs at = std::max(parts.journal.clock().now_ms(), head.last_recorded_at);
  const FilledPeople people(certificates / 2, parts.directory,
                            jst_date(std::chrono::floor<std::chrono::seconds>(at)));
  SHOMEI_CHECK(put_people(filling, people, progress));
  const IssueFiller filler(parts, people, keys_of(parts.profile.subject_key, certificates), at, options);
  FillReport report{.residents = people.count()};
  for (Pipeline pipeline(filler, people.count(), head.size); !pipeline.done();) {
    if (options.stop()) return unavailable("interrupted");
    SHOMEI_TRY(const auto batch, pipeline.next());
    for (const auto& leaf : batch.leaves) edge.add(leaf);
    SHOMEI_CHECK(filling.put_issues(batch.issues));
    SHOMEI_CHECK(filling.put_tiles(edge.take_changes()));
    report.certificates += batch.issues.size();
    report.entries += batch.leaves.size();
    progress("certificates", report.certificates);
  }
  head.size += report.entries;
  head.last_recorded_at = at;
  SHOMEI_TRY(head.checkpoint,
             journal::sign_checkpoint({parts.journal.origin(), head.size, edge.root()}, checkpoint_signer));
  progress("finishing", report.certificates);
  SHOMEI_CHECK(filling.finish(head));
  return report;
}

}  // namespace shomei::app
