// What is freed where secrets are written down and sealed is looked at: a copy in it would stay in memory.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <new>

#include "card/applet/test_issuer.h"

namespace {

constexpr std::array<std::uint8_t, 12> kSecret{'7', 'Q', '3', 'Z', '9', 'X', '5', 'K', 'W', '2', 'J', '8'};
std::atomic<bool> watching{false};
std::atomic<int> left_behind{0};

void look_at(const void* block) {
  const auto* const first = static_cast<const std::uint8_t*>(block);
  const auto* const last = first + ::malloc_usable_size(const_cast<void*>(block));
  if (std::search(first, last, kSecret.begin(), kSecret.end()) != last) ++left_behind;
}

}  // namespace

// Both halves are here; g++ 12 inlines one of them at -O2 and no longer sees that they belong together.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

void* operator new(std::size_t bytes) {
  if (void* const block = std::malloc(std::max<std::size_t>(bytes, 1))) return block;
  throw std::bad_alloc();
}
void operator delete(void* block) noexcept {
  if (watching && block) look_at(block);
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace shomei::card::applet {
namespace {

// How many blocks are freed with the secret in them while that is done.
template <class Act>
int left_by(Act act) {
  left_behind = 0;
  watching = true;
  act();
  watching = false;
  return left_behind;
}

TEST(Wiped, TheWatchSeesWhatIsLeft) {
  EXPECT_EQ(left_by([] { const Bytes forgotten(kSecret.begin(), kSecret.end()); }), 1);
}

// At the lower levels the data are plain inside the command.
TEST(Wiped, ACommandThatWasProtectedIsGone) {
  for (const Level level : channel::kLevels) {
    IssuerAndCard both(IssuerAndCard::born());
    both.open(level);
    EXPECT_EQ(left_by([&] {
                ASSERT_TRUE(both.host->wrap({.cla = kOwnClass, .ins = ins::kVerify, .data = kSecret}));
              }),
              0)
        << static_cast<int>(level);
  }
}

TEST(Wiped, AHashThatWasWrittenDownIsGone) {
  auto state = complete_state();
  for (auto& pin : state.pins) {
    if (!pin) pin = StoredPin{};
    std::ranges::copy(kSecret, pin->hash.begin());
  }
  EXPECT_EQ(left_by([&] { (void)encode_state(state); }), 0);
}

}  // namespace
}  // namespace shomei::card::applet
