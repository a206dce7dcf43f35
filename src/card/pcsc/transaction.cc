#include "card/pcsc/transaction.h"

#include <winscard.h>

#include <utility>

#include "card/pcsc/connection.h"
#include "card/pcsc/pcsc_error.h"

namespace shomei::card::pcsc {
namespace {

// Whoever resets the card each time that we come is not waited for without end.
constexpr int kReconnectionsMax = 3;

}  // namespace

Result<Transaction> Transaction::begin(PcscTransport& transport, AtEnd at_end) {
  const auto& connection = *transport.connection_;
  bool was_reset = std::exchange(transport.connection_->was_reset, false);
  for (int reconnections = 0;; ++reconnections) {
    const LONG code = ::SCardBeginTransaction(connection.card);
    if (code == SCARD_S_SUCCESS) return Transaction(transport, at_end, was_reset);
    if (code != SCARD_W_RESET_CARD || reconnections == kReconnectionsMax)
      return error_of("SCardBeginTransaction", code, transport.reader());
    SHOMEI_CHECK(transport.reconnect());
    was_reset = true;
  }
}

Transaction::Transaction(Transaction&& other) noexcept
    : transport_(std::exchange(other.transport_, nullptr)),
      at_end_(other.at_end_),
      card_was_reset_(other.card_was_reset_) {}

Transaction::~Transaction() {
  (void)end();
}

Result<void> Transaction::end() {
  if (!transport_) return {};
  const PcscTransport& transport = *std::exchange(transport_, nullptr);
  auto& connection = *transport.connection_;
  const auto at_end = connection.reset_due ? AtEnd::reset_card : at_end_;
  const LONG code = ::SCardEndTransaction(connection.card, disposition(at_end));
  if (code != SCARD_S_SUCCESS) return error_of("SCardEndTransaction", code, transport.reader());
  if (at_end == AtEnd::reset_card) connection.reset_due = false;
  return {};
}

}  // namespace shomei::card::pcsc
