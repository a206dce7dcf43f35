#include "card/pcsc/pcsc_transport.h"

#include <optional>
#include <utility>

#include "card/apdu.h"
#include "card/client/terminal.h"
#include "card/pcsc/connection.h"
#include "card/pcsc/pcsc_error.h"
#include "card/pcsc/transaction.h"

namespace shomei::card::pcsc {
namespace {

constexpr std::size_t kAnswerBytesMax = kExtendedAnswerMax + 2;
constexpr DWORD kProtocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;

// Another failure tells more than a reader that is empty.
bool is_empty_reader(const Error& error) {
  return error.code == "card_missing";
}

// In a transaction, because pcscd refuses a command while another process has one.
Result<void> has_jpki(PcscTransport& transport) {
  SHOMEI_TRY(const auto transaction, Transaction::begin(transport));
  return client::Terminal(transport).select_jpki();
}

}  // namespace

PcscTransport::PcscTransport(std::string reader, std::unique_ptr<Connection> connection)
    : reader_(std::move(reader)), connection_(std::move(connection)) {}

PcscTransport::~PcscTransport() {
  const auto at_end = connection_->reset_due ? AtEnd::reset_card : connection_->at_end;
  ::SCardDisconnect(connection_->card, disposition(at_end));
}

Result<std::unique_ptr<PcscTransport>> PcscTransport::connect(const std::string& reader, Use use,
                                                              AtEnd at_end) {
  return reader.empty() ? connect_to_jpki(use, at_end) : connect_to(reader, use, at_end);
}

Result<std::unique_ptr<PcscTransport>> PcscTransport::connect_to(const std::string& reader, Use use,
                                                                 AtEnd at_end) {
  SHOMEI_TRY(auto context, Context::open());
  auto connection = std::make_unique<Connection>(Connection{.context = std::move(context)});
  connection->share_mode = use == Use::exclusive ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED;
  connection->at_end = at_end;
  const LONG code = ::SCardConnect(connection->context.get(), reader.c_str(), connection->share_mode,
                                   kProtocols, &connection->card, &connection->protocol);
  if (code != SCARD_S_SUCCESS) return error_of("SCardConnect", code, reader);
  return std::unique_ptr<PcscTransport>(new PcscTransport(reader, std::move(connection)));
}

// When no reader has the card that is looked for, the first trouble that is more than an empty reader is
// told.
Result<std::unique_ptr<PcscTransport>> PcscTransport::connect_to_jpki(Use use, AtEnd at_end) {
  SHOMEI_TRY(const auto readers, list_readers());
  if (readers.empty()) return not_found("reader_none");
  std::optional<Error> trouble;
  for (const auto& reader : readers) {
    auto transport = connect_to(reader, use, AtEnd::leave_card);
    const auto selected = transport ? has_jpki(**transport) : Result<void>(transport.error());
    if (selected) {
      (*transport)->connection_->at_end = at_end;
      return transport;
    }
    if (!trouble || is_empty_reader(*trouble)) trouble = selected.error();
  }
  return *std::move(trouble);
}

Result<void> PcscTransport::reconnect() {
  return reconnect_with(SCARD_LEAVE_CARD);
}

Result<void> PcscTransport::power_anew() {
  return reconnect_with(SCARD_RESET_CARD);
}

Result<void> PcscTransport::reconnect_with(unsigned long card_disposition) {
  const LONG code = ::SCardReconnect(connection_->card, connection_->share_mode, kProtocols, card_disposition,
                                     &connection_->protocol);
  if (code != SCARD_S_SUCCESS) return error_of("SCardReconnect", code, reader_);
  return {};
}

void PcscTransport::reset_at_end() {
  connection_->reset_due = true;
}

Result<Bytes> PcscTransport::transmit(ByteView command) {
  const SCARD_IO_REQUEST* header = connection_->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  Bytes answer(kAnswerBytesMax);
  DWORD size = static_cast<DWORD>(answer.size());
  const LONG code = ::SCardTransmit(connection_->card, header, command.data(),
                                    static_cast<DWORD>(command.size()), nullptr, answer.data(), &size);
  if (code == SCARD_W_RESET_CARD) connection_->was_reset = true;
  if (code != SCARD_S_SUCCESS) return error_of("SCardTransmit", code, reader_);
  if (size > answer.size()) return error_of("SCardTransmit", SCARD_E_INSUFFICIENT_BUFFER, reader_);
  answer.resize(size);
  return answer;
}

Result<std::vector<std::string>> list_readers() {
  SHOMEI_TRY(const auto context, Context::open());
  return context.readers();
}

}  // namespace shomei::card::pcsc
