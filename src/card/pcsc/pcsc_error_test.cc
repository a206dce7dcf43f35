// Every code of pcsclite, and what a caller is told. pcscd is played by the script.
#include <gtest/gtest.h>
#include <winscard.h>

#include <set>

#include "card/client/error_family.h"
#include "card/pcsc/pcsc_error.h"
#include "card/pcsc/pcsc_transport.h"
#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc {
namespace {

constexpr long kFirst = 0x80100001, kLast = 0x8010006F;

TEST(PcscError, SaysWhatIsMissing) {
  const std::pair<long, std::string_view> expected[] = {
      {SCARD_E_NO_SERVICE, "pcsc_service_missing"},
      {SCARD_E_SERVICE_STOPPED, "pcsc_service_missing"},
      {SCARD_E_INVALID_HANDLE, "pcsc_service_missing"},
      {SCARD_W_SECURITY_VIOLATION, "pcsc_denied"},
      {SCARD_E_NO_READERS_AVAILABLE, "reader_none"},
      {SCARD_E_UNKNOWN_READER, "reader_unknown"},
      {SCARD_E_READER_UNAVAILABLE, "reader_unknown"},
      {SCARD_E_NO_SMARTCARD, "card_missing"},
      {SCARD_W_UNRESPONSIVE_CARD, "card_mute"},
      {SCARD_W_UNPOWERED_CARD, "card_mute"},
      {SCARD_E_SHARING_VIOLATION, "card_busy"},
      {SCARD_W_REMOVED_CARD, "card_gone"},
      {SCARD_E_NOT_TRANSACTED, "card_gone"},
      {SCARD_W_RESET_CARD, "card_reset"},
      {SCARD_E_PROTO_MISMATCH, "card_unsupported"},
      {SCARD_F_INTERNAL_ERROR, "pcsc_failed"},
  };
  for (const auto& [code, wanted] : expected) EXPECT_EQ(error_of("c", code, "r").code, wanted) << code;
  EXPECT_EQ(error_of("c", SCARD_E_SHARING_VIOLATION, "r").fault, Fault::conflict);
  EXPECT_EQ(error_of("c", SCARD_E_UNKNOWN_READER, "r").parameter("reader"), "r");
}

// Whatever pcscd says at a connection comes out with a family, as the same error that the code means, and no
// handle stays behind.
TEST(PcscError, OfAnyCodeComesThroughTheWrapper) {
  auto& script = mock::Script::current();
  std::set<std::string_view> retryable;
  for (long code = kFirst; code <= kLast; ++code) {
    script.clear();
    script.add_reader("r");
    script.fail(mock::Call::connect, 1, code);
    const auto transport = PcscTransport::connect("r");
    ASSERT_FALSE(transport) << std::hex << code;
    EXPECT_EQ(transport.error().code, error_of("SCardConnect", code, "r").code);
    EXPECT_EQ(script.open_contexts(), 0U);
    if (client::family_of(transport.error()) == client::ErrorFamily::retryable)
      retryable.insert(transport.error().code);
  }
  EXPECT_EQ(retryable,
            (std::set<std::string_view>{"card_busy", "card_gone", "card_missing", "card_mute", "card_reset",
                                        "pcsc_service_missing", "reader_none", "reader_unknown"}));
}

TEST(PcscError, ThatNobodyKnowsNamesTheCallAndTheCode) {
  const auto error = error_of("SCardTransmit", SCARD_F_INTERNAL_ERROR, "r");
  EXPECT_EQ(error.parameter("call"), "SCardTransmit");
  EXPECT_EQ(error.parameter("system"), "code 0x80100001");
}

}  // namespace
}  // namespace shomei::card::pcsc
