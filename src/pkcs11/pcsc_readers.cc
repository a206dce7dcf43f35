// The readers of pcscd.
#include <optional>
#include <thread>

#include "card/pcsc/readers.h"
#include "card/pcsc/transaction.h"
#include "pkcs11/readers.h"

namespace shomei::pkcs11 {
namespace {

using card::pcsc::AtEnd;
using card::pcsc::PcscTransport;
using card::pcsc::Transaction;

class PcscLink final : public CardLink {
 public:
  explicit PcscLink(std::unique_ptr<PcscTransport> transport) : transport_(std::move(transport)) {}

  Result<bool> begin() override {
    SHOMEI_TRY(auto begun, Transaction::begin(*transport_));
    const bool was_reset = begun.card_was_reset();
    transaction_.emplace(std::move(begun));
    return was_reset;
  }
  void end() noexcept override { transaction_.reset(); }
  Result<Bytes> transmit(ByteView command) override { return transport_->transmit(command); }

 private:
  std::unique_ptr<PcscTransport> transport_;
  std::optional<Transaction> transaction_;  // ends before the connection does
};

class PcscReaders final : public Readers {
 public:
  Result<std::vector<ReaderSeen>> look() override {
    const auto states = card::pcsc::reader_states();
    if (!states && states.error().code == "pcsc_service_missing") return std::vector<ReaderSeen>{};
    if (!states) return states.error();
    std::vector<ReaderSeen> seen;
    for (const auto& state : *states) seen.push_back({state.name, state.card_present, state.changes});
    return seen;
  }
  Result<std::unique_ptr<CardLink>> connect(const std::string& reader) override {
    SHOMEI_TRY(auto transport, PcscTransport::connect(reader, card::pcsc::Use::shared, AtEnd::leave_card));
    return std::unique_ptr<CardLink>(std::make_unique<PcscLink>(std::move(transport)));
  }
  // One watch a call: its first look tells what is there, the second waits. Without pcscd there is nothing to
  // wait for but the time.
  void wait(std::chrono::milliseconds at_most) override {
    card::pcsc::ReaderWatch watch;
    if (!watch.wait(std::chrono::milliseconds(0)) || !watch.wait(at_most))
      std::this_thread::sleep_for(at_most);
  }
};

}  // namespace

ReadersMaker& readers_maker() {
  static ReadersMaker maker = [] { return std::make_unique<PcscReaders>(); };
  return maker;
}

}  // namespace shomei::pkcs11
