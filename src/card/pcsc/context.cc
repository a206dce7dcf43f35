#include "card/pcsc/context.h"

#include <utility>

#include "card/pcsc/pcsc_error.h"

namespace shomei::card::pcsc {
namespace {

constexpr int kAttemptsMax = 8;
constexpr DWORD kListBytesMax = 64 * 1024;

// A list of texts, each ended by a zero, the list by one more.
std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < list.size() && list[at] != '\0';) {
    names.emplace_back(list.c_str() + at);
    at += names.back().size() + 1;
  }
  return names;
}

}  // namespace

Result<Context> Context::open() {
  SCARDCONTEXT handle = 0;
  const LONG code = ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle);
  if (code != SCARD_S_SUCCESS) return error_of("SCardEstablishContext", code, {});
  return Context(handle);
}

Context::Context(Context&& other) noexcept : handle_(std::exchange(other.handle_, 0)) {}

Context& Context::operator=(Context&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Context::~Context() {
  if (handle_) ::SCardReleaseContext(handle_);
}

// The list may grow between asking for its size and for itself.
Result<std::vector<std::string>> Context::readers() const {
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    DWORD size = 0;
    LONG code = ::SCardListReaders(handle_, nullptr, nullptr, &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (code != SCARD_S_SUCCESS) return error_of("SCardListReaders", code, {});
    if (size > kListBytesMax) return error_of("SCardListReaders", SCARD_E_INVALID_VALUE, {});
    std::string list(size + 1, '\0');  // ended whatever pcscd says
    code = ::SCardListReaders(handle_, nullptr, list.data(), &size);
    if (code == SCARD_S_SUCCESS) return split(list);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (code != SCARD_E_INSUFFICIENT_BUFFER) return error_of("SCardListReaders", code, {});
  }
  return error_of("SCardListReaders", SCARD_E_INSUFFICIENT_BUFFER, {});
}

}  // namespace shomei::card::pcsc
