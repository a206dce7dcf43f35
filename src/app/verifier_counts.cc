#include "app/verifier_counts.h"

#include <nlohmann/json.hpp>

#include "crypto/random.h"

namespace shomei::app {
namespace {

constexpr std::chrono::hours kPause{1};

}  // namespace

VerifierCounts::VerifierCounts(const services::Access& access, journal::Journal& journal)
    : access_(access), journal_(journal), since_(journal.clock().now()) {}

Result<bool> VerifierCounts::record(bool at_once) {
  const Instant now = journal_.clock().now();
  if (!at_once && since_ <= now && now < since_ + kPause) return false;
  const auto all = access_.asked();
  auto verifiers = nlohmann::ordered_json::object();
  for (const auto& one : all) {
    const auto& before = recorded_[one.name];
    if (one.admitted == before.admitted && one.refused == before.refused) continue;
    verifiers[one.name] = {{"admitted", one.admitted - before.admitted},
                           {"too_often", one.refused - before.refused}};
  }
  if (!verifiers.empty()) {
    const nlohmann::ordered_json counts{
        {"from", format_utc(since_)}, {"until", format_utc(now)}, {"verifiers", std::move(verifiers)}};
    SHOMEI_TRY(auto transaction, journal_.begin());
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    draft.officer = {{std::string(journal::field::kAct), to_bytes("verifier_counts")},
                     {std::string(journal::field::kActor), to_bytes("system")},
                     {std::string(journal::field::kCounts), to_bytes(counts.dump())}};
    SHOMEI_CHECK(transaction.append(draft));
    SHOMEI_CHECK(transaction.commit());
    for (const auto& one : all) recorded_[one.name] = one;
  }
  since_ = now;
  return true;
}

}  // namespace shomei::app
