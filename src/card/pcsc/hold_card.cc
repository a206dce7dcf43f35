#include "card/pcsc/hold_card.h"

#include <future>
#include <thread>
#include <utility>

namespace shomei::card::pcsc {
namespace {

Result<HeldCard> hold(const std::string& reader) {
  SHOMEI_TRY(auto transport, PcscTransport::connect(reader, Use::shared, AtEnd::reset_card));
  SHOMEI_TRY(auto transaction, Transaction::begin(*transport));
  return HeldCard{std::move(transport), std::move(transaction)};
}

}  // namespace

// Nothing can call a thread back that waits in libpcsclite, so it is left to itself.
Result<HeldCard> hold_card(const std::string& reader, std::chrono::milliseconds patience) {
  std::promise<Result<HeldCard>> promise;
  auto held = promise.get_future();
  std::thread([promise = std::move(promise), reader]() mutable { promise.set_value(hold(reader)); }).detach();
  if (held.wait_for(patience) != std::future_status::ready)
    return conflict("card_busy", {{"reader", reader}});
  return held.get();
}

}  // namespace shomei::card::pcsc
