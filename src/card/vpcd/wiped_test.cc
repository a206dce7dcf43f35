// What is freed on the way of a command through this folder is looked at: a PIN in it would stay in memory.
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <new>

#include "card/vpcd/frame.h"
#include "card/vpcd/socket.h"

namespace {

constexpr std::array<std::uint8_t, 8> kPin{'7', 'Q', '3', 'Z', '9', 'X', '5', 'K'};
std::atomic<bool> watching{false};
std::atomic<int> left_behind{0};

void look_at(const void* block) {
  const auto* const first = static_cast<const std::uint8_t*>(block);
  const auto* const last = first + ::malloc_usable_size(const_cast<void*>(block));
  if (std::search(first, last, kPin.begin(), kPin.end()) != last) ++left_behind;
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

namespace shomei::card::vpcd {
namespace {

// Counts the blocks that are freed with the PIN in them while it lives.
class Watch {
 public:
  Watch() {
    left_behind = 0;
    watching = true;
  }
  ~Watch() { watching = false; }
};

// VERIFY with the PIN, in its frame; the one copy that the test keeps is in no block.
constexpr auto verify_frame() {
  std::array<std::uint8_t, 15> frame{0, 13, 0x00, 0x20, 0x00, 0x80, 8};
  std::ranges::copy(kPin, frame.begin() + 7);
  return frame;
}
constexpr auto kFrame = verify_frame();

TEST(Wiped, TheWatchSeesWhatIsLeft) {
  const Watch watch;
  { const Bytes forgotten(kFrame.begin(), kFrame.end()); }
  EXPECT_EQ(left_behind, 1);
}

TEST(Wiped, AFrameThatCameInPiecesIsGoneOnceItWasTaken) {
  const Watch watch;
  for (const std::size_t piece : {1U, 6U, 15U}) {
    FrameBuffer frames;
    for (int times = 0; times < 3; ++times)
      for (std::size_t at = 0; at < kFrame.size(); at += piece)
        frames.add(ByteView(kFrame).subspan(at, std::min(piece, kFrame.size() - at)));
    for (int times = 0; times < 3; ++times) EXPECT_EQ(frames.take().value().size(), 13U);
  }
  EXPECT_EQ(left_behind, 0);
}

TEST(Wiped, AFrameThatNobodyTookIsGoneToo) {
  const Watch watch;
  {
    FrameBuffer frames;
    frames.add(kFrame);
    frames.add(kFrame);
    EXPECT_TRUE(frames.take().has_value());
  }
  EXPECT_EQ(left_behind, 0);
}

TEST(Wiped, WhatCameOverTheSocketIsGone) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const Descriptor here(ends[0]);
  const Descriptor there(ends[1]);
  const Watch watch;
  ASSERT_TRUE(send_all(there, kFrame));
  { EXPECT_EQ(receive(here).value().size(), kFrame.size()); }
  EXPECT_EQ(left_behind, 0);
}

}  // namespace
}  // namespace shomei::card::vpcd
