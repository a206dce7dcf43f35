// A series that cannot have the store.
#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "journal/transaction.h"
#include "tests/support/small_authority.h"

namespace shomei::test {
namespace {

class BusyEngine final : public journal::Engine {
 public:
  Result<std::unique_ptr<journal::Rows>> begin(journal::Access) override {
    ++asked;
    return unavailable("store_busy");
  }
  Result<std::unique_ptr<journal::ActsHold>> hold_acts(journal::Hold) override {
    return std::unique_ptr<journal::ActsHold>();
  }
  int asked = 0;
};

TEST(Series, AStoreThatIsBusyIsWaitedForOnce) {
  BusyEngine engine;
  const SystemClock clock;
  const auto signer = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const journal::Journal journal(engine, *signer, clock, "series.example");
  auto series = journal.series();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(series.begin().error().code, "store_busy");
  EXPECT_EQ(engine.asked, 1);
  EXPECT_TRUE(series.gave_up());
  EXPECT_TRUE(series.commit()) << "of nothing";
  EXPECT_FALSE(journal.begin());
  EXPECT_EQ(engine.asked, 2) << "the next one asks again";
}

}  // namespace
}  // namespace shomei::test
