#include "card/pcsc/hold_card.h"

#include <algorithm>
#include <future>
#include <thread>
#include <utility>
#include <vector>

#include "card/client/terminal.h"

namespace shomei::card::pcsc {
namespace {

using Clock = std::chrono::steady_clock;
using Held = Result<HeldCard>;
using namespace std::chrono_literals;

// In which a card that nobody holds is powered and answers.
constexpr auto kGlance = 1s;

Held begin(std::unique_ptr<PcscTransport> transport) {
  SHOMEI_TRY(auto transaction, Transaction::begin(*transport));
  return HeldCard{std::move(transport), std::move(transaction)};
}

Held hold(const std::string& reader) {
  SHOMEI_TRY(auto transport, PcscTransport::connect(reader, Use::shared, AtEnd::leave_card));
  return begin(std::move(transport));
}

Held hold_jpki(const std::string& reader) {
  SHOMEI_TRY(auto held, hold(reader));
  SHOMEI_CHECK(client::Terminal(*held.transport).select_jpki());
  return held;
}

// Nothing can call a thread back that waits in libpcsclite, so it is left to itself.
template <class Act>
std::future<Held> beside(Act act) {
  std::promise<Held> promise;
  auto held = promise.get_future();
  std::thread([promise = std::move(promise), act = std::move(act)]() mutable {
    promise.set_value(act());
  }).detach();
  return held;
}

Held in_time(std::future<Held> held, const std::string& reader, Clock::time_point until) {
  if (held.wait_until(until) == std::future_status::ready) return held.get();
  return conflict("card_busy", {{"reader", reader}});
}

struct Waiting {
  std::string reader;
  std::future<Held> held;
};

// When no reader has the card that is looked for, the first trouble that is more than an empty reader is
// told.
Held hold_any(Clock::time_point until) {
  SHOMEI_TRY(const auto readers, list_readers());
  if (readers.empty()) return not_found("reader_none");
  std::vector<Waiting> waiting;
  std::optional<Error> trouble;
  const auto note = [&](Error error) {
    if (!trouble || trouble->code == "card_missing") trouble = std::move(error);
  };
  for (const auto& reader : readers) {
    auto asked = beside([reader] { return hold_jpki(reader); });
    if (asked.wait_for(kGlance) != std::future_status::ready) {
      waiting.push_back({reader, std::move(asked)});
      continue;
    }
    auto held = asked.get();
    if (held) return held;
    note(std::move(held).error());
  }
  for (auto& one : waiting) {
    auto held = in_time(std::move(one.held), one.reader, until);
    if (held) return held;
    note(std::move(held).error());
  }
  return *std::move(trouble);
}

Clock::time_point end_of(std::chrono::milliseconds patience) {
  return Clock::now() + std::max<std::chrono::milliseconds>(patience, kGlance);
}

}  // namespace

Result<HeldCard> hold_card(const std::string& reader, std::chrono::milliseconds patience) {
  const auto until = end_of(patience);
  if (reader.empty()) return hold_any(until);
  return in_time(beside([reader] { return hold(reader); }), reader, until);
}

Result<void> hold_again(HeldCard& card, std::chrono::milliseconds patience) {
  const std::string reader = card.transport->reader();
  auto held = in_time(
      beside([transport = std::move(card.transport)]() mutable { return begin(std::move(transport)); }),
      reader, end_of(patience));
  SHOMEI_TRY(auto again, std::move(held));
  card.transport = std::move(again.transport);
  card.transaction.emplace(*std::move(again.transaction));
  return {};
}

}  // namespace shomei::card::pcsc
