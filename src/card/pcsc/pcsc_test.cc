// Without pcscd: what a caller is told. With it: tests of the whole, which put a card into vpcd.
#include <gtest/gtest.h>
#include <winscard.h>

#include "card/pcsc/pcsc_error.h"
#include "card/pcsc/pcsc_transport.h"

namespace shomei::card::pcsc {
namespace {

TEST(PcscError, SaysWhatIsMissing) {
  EXPECT_EQ(error_of("c", SCARD_E_NO_SERVICE, "r").code, "pcsc_service_missing");
  EXPECT_EQ(error_of("c", SCARD_E_NO_READERS_AVAILABLE, "r").code, "reader_none");
  EXPECT_EQ(error_of("c", SCARD_E_UNKNOWN_READER, "r").parameter("reader"), "r");
  EXPECT_EQ(error_of("c", SCARD_E_NO_SMARTCARD, "r").code, "card_missing");
  EXPECT_EQ(error_of("c", SCARD_W_REMOVED_CARD, "r").code, "card_gone");
  EXPECT_EQ(error_of("c", SCARD_W_RESET_CARD, "r").code, "card_reset");
  EXPECT_EQ(error_of("c", SCARD_E_SHARING_VIOLATION, "r").fault, Fault::conflict);
  const auto other = error_of("SCardTransmit", SCARD_F_INTERNAL_ERROR, "r");
  EXPECT_EQ(other.code, "pcsc_failed");
  EXPECT_EQ(other.parameter("call"), "SCardTransmit");
  EXPECT_FALSE(other.parameter("system").empty());
}

TEST(PcscTransport, ToAReaderThatIsNotThereIsAnErrorThatNamesTheCause) {
  const auto transport = PcscTransport::connect("No such reader");
  ASSERT_FALSE(transport);
  EXPECT_TRUE(transport.error().code == "pcsc_service_missing" ||
              transport.error().code == "reader_unknown" || transport.error().code == "reader_none")
      << transport.error().code;
}

}  // namespace
}  // namespace shomei::card::pcsc
