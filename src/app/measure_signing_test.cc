#include "app/measure_signing.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "crypto/private_key.h"

namespace shomei::app {
namespace {

using std::chrono::milliseconds;

// Counts what it is asked, by which thread; refuses after so many.
class CountingSigner final : public crypto::Signer {
 public:
  explicit CountingSigner(int most) : most_(most) {}
  const crypto::PublicKey& public_key() const override { return key_.public_key(); }
  Result<Bytes> sign(ByteView message) override {
    const std::scoped_lock lock(mutex_);
    threads_.insert(std::this_thread::get_id());
    if (++count_ > most_) return internal("signing_failed");
    bytes_ = message.size();
    return key_.sign(message);
  }
  int count() const { return count_; }
  std::size_t threads() const { return threads_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  crypto::PrivateKey key_ = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  std::mutex mutex_;
  int most_, count_ = 0;
  std::size_t bytes_ = 0;
  std::set<std::thread::id> threads_;
};

TEST(MeasureSigning, CountsEverySignatureOfEveryThread) {
  CountingSigner signer(1'000'000);
  const auto found = measure_signing(signer, milliseconds(120), 3);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sign.count, signer.count() - 1) << "the first is outside the measurement";
  EXPECT_EQ(signer.threads(), 4U);
  EXPECT_EQ(signer.bytes(), kSignedMessageBytes);
  for (const auto& rate : {found->sign, found->verify}) {
    EXPECT_GT(rate.per_core_second.min, 0);
    EXPECT_LE(rate.per_core_second.min, rate.per_core_second.median);
    EXPECT_LE(rate.per_core_second.median, rate.per_core_second.max);
    EXPECT_GT(rate.count, 3);
    EXPECT_LE(rate.per_second, static_cast<double>(rate.count) / 0.12);
  }
}

TEST(MeasureSigning, HandsOnWhatStopsTheSigner) {
  for (const int most : {0, 1, 20}) {
    CountingSigner signer(most);
    EXPECT_EQ(measure_signing(signer, milliseconds(60), 2).error().code, "signing_failed") << most;
  }
}

}  // namespace
}  // namespace shomei::app
