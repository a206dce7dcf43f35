#include "card/pcsc/pcsc_transport.h"

#include <winscard.h>

#include <optional>
#include <utility>

#include "base/secret.h"
#include "card/apdu.h"
#include "card/client/terminal.h"
#include "card/pcsc/pcsc_error.h"

namespace shomei::card::pcsc {
namespace {

constexpr std::size_t kAnswerBytesMax = kExtendedAnswerMax + 2;

class Context {
 public:
  static Result<Context> open() {
    SCARDCONTEXT handle = 0;
    const LONG code = ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle);
    if (code != SCARD_S_SUCCESS) return error_of("SCardEstablishContext", code, {});
    return Context(handle);
  }
  Context(Context&& other) noexcept : handle_(std::exchange(other.handle_, 0)) {}
  Context& operator=(Context&&) = delete;
  ~Context() {
    if (handle_) ::SCardReleaseContext(handle_);
  }
  SCARDCONTEXT get() const { return handle_; }

 private:
  explicit Context(SCARDCONTEXT handle) : handle_(handle) {}
  SCARDCONTEXT handle_;
};

// A list of texts, each ended by a zero, the list by one more.
std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < list.size() && list[at] != '\0';) {
    names.emplace_back(list.c_str() + at);
    at += names.back().size() + 1;
  }
  return names;
}

// The list may grow between asking for its size and for itself.
Result<std::vector<std::string>> readers_of(const Context& context) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    DWORD size = 0;
    LONG code = ::SCardListReaders(context.get(), nullptr, nullptr, &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (code != SCARD_S_SUCCESS) return error_of("SCardListReaders", code, {});
    std::string list(size + 1, '\0');  // ended whatever pcscd says
    code = ::SCardListReaders(context.get(), nullptr, list.data(), &size);
    if (code == SCARD_S_SUCCESS) return split(list);
    if (code != SCARD_E_INSUFFICIENT_BUFFER) return error_of("SCardListReaders", code, {});
  }
  return error_of("SCardListReaders", SCARD_E_INSUFFICIENT_BUFFER, {});
}

}  // namespace

struct PcscTransport::Connection {
  Context context;
  SCARDHANDLE card = 0;
  DWORD protocol = 0;
};

PcscTransport::PcscTransport(std::string reader, std::unique_ptr<Connection> connection)
    : reader_(std::move(reader)), connection_(std::move(connection)) {}

PcscTransport::~PcscTransport() {
  ::SCardDisconnect(connection_->card, SCARD_RESET_CARD);
}

Result<std::unique_ptr<PcscTransport>> PcscTransport::connect(const std::string& reader, Use use) {
  return reader.empty() ? connect_to_jpki(use) : connect_to(reader, use);
}

Result<std::unique_ptr<PcscTransport>> PcscTransport::connect_to(const std::string& reader, Use use) {
  SCARDHANDLE card = 0;
  DWORD protocol = 0;
  SHOMEI_TRY(auto context, Context::open());
  const LONG code = ::SCardConnect(context.get(), reader.c_str(),
                                   use == Use::exclusive ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED,
                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol);
  if (code != SCARD_S_SUCCESS) return error_of("SCardConnect", code, reader);
  auto connection = std::make_unique<Connection>(Connection{std::move(context), card, protocol});
  return std::unique_ptr<PcscTransport>(new PcscTransport(reader, std::move(connection)));
}

// When no reader has the card that is looked for, the first trouble that is more than an empty reader is
// told.
Result<std::unique_ptr<PcscTransport>> PcscTransport::connect_to_jpki(Use use) {
  SHOMEI_TRY(const auto readers, list_readers());
  if (readers.empty()) return not_found("reader_none");
  std::optional<Error> trouble;
  for (const auto& reader : readers) {
    auto transport = connect_to(reader, use);
    const auto selected =
        transport ? client::Terminal(**transport).select_jpki() : Result<void>(transport.error());
    if (selected) return transport;
    if (!trouble || trouble->code == "card_missing") trouble = selected.error();
  }
  return *std::move(trouble);
}

Result<Bytes> PcscTransport::transmit(ByteView command) {
  const SCARD_IO_REQUEST* header = connection_->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  Bytes answer(kAnswerBytesMax);
  DWORD size = static_cast<DWORD>(answer.size());
  const LONG code = ::SCardTransmit(connection_->card, header, command.data(),
                                    static_cast<DWORD>(command.size()), nullptr, answer.data(), &size);
  if (code != SCARD_S_SUCCESS) return error_of("SCardTransmit", code, reader_);
  answer.resize(size);
  return answer;
}

Result<std::vector<std::string>> list_readers() {
  SHOMEI_TRY(const auto context, Context::open());
  return readers_of(context);
}

}  // namespace shomei::card::pcsc
