#include "services/answer_shelf.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "base/check.h"
#include "crypto/random.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace shomei::services {
namespace {

// Of a half: answers that were replaced stay in its memory until it goes, so that is bounded by itself.
constexpr std::size_t kBytesOfAnAnswer = 4 * 1024, kBytesOfAHalf = 4 * 1024 * 1024;

std::uint64_t random_seed() {
  const Bytes bytes = crypto::random_bytes(sizeof(std::uint64_t));
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed;
}

}  // namespace

void* AnswerShelf::Arena::take(std::size_t bytes) {
  bytes = (bytes + alignof(Block) - 1) / alignof(Block) * alignof(Block);
  if (bytes > left_) {
    const std::size_t size = (bytes + kChunkBytes - 1) / kChunkBytes * kChunkBytes;
    auto* const chunk = static_cast<std::byte*>(std::aligned_alloc(kChunkBytes, size));
    if (!chunk) throw std::bad_alloc();  // it ends one connection (wire/loop.cc)
    ::madvise(chunk, size, MADV_HUGEPAGE);
    chunks_.emplace_back(chunk);
    bytes_ += size;
    left_ = size;
    end_ = chunk + size;
  }
  std::byte* const taken = end_ - left_;
  left_ -= bytes;
  return taken;
}

AnswerShelf::AnswerShelf(std::size_t answers_max)
    : half_max_(std::max<std::size_t>(1, answers_max / 2)),
      seed_(random_seed()),
      young_(empty_half()),
      old_(empty_half()) {}

AnswerShelf::Half AnswerShelf::empty_half() const {
  Half half;
  half.slots.resize(std::bit_ceil(2 * half_max_));
  return half;
}

// Strangers choose the questions: a seed that they do not know keeps them from choosing such as collide.
std::uint64_t AnswerShelf::hash_of(std::string_view question) const {
  return XXH3_64bits_withSeed(question.data(), question.size(), seed_);
}

// Where the question is, or where it would be put.
AnswerShelf::Slot& AnswerShelf::slot_of(Half& half, std::uint64_t hash, std::string_view question) const {
  const std::size_t mask = half.slots.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = half.slots[at];
    if (!slot.block ||
        (slot.hash == hash && std::string_view(slot.block->bytes(), slot.block->question_bytes) == question))
      return slot;
  }
}

AnswerShelf::Found AnswerShelf::found(const Block& block) {
  const char* const head = block.bytes() + block.question_bytes;
  return {block.answer,
          {head, block.head_bytes},
          {reinterpret_cast<const std::uint8_t*>(head + block.head_bytes), block.body_bytes}};
}

bool AnswerShelf::young_is_full() const {
  return young_.count >= half_max_ || young_.arena.bytes() > half_max_ * kBytesOfAnAnswer + kBytesOfAHalf;
}

std::optional<AnswerShelf::Found> AnswerShelf::find(std::string_view question) {
  const std::uint64_t hash = hash_of(question);
  if (const Slot& slot = slot_of(young_, hash, question); slot.block) return found(*slot.block);
  const Slot& slot = slot_of(old_, hash, question);
  if (!slot.block) return std::nullopt;
  const Found in_old = found(*slot.block);
  if (young_is_full()) return in_old;  // keeping it would give back the memory in which it lies
  return keep(question, in_old.answer, in_old.head, in_old.body);
}

AnswerShelf::Found AnswerShelf::keep(std::string_view question, const KeptAnswer& answer,
                                     std::string_view head, ByteView body) {
  const std::uint64_t hash = hash_of(question);
  Slot* slot = &slot_of(young_, hash, question);
  if (young_is_full()) {
    old_ = std::exchange(young_, empty_half());
    slot = &slot_of(young_, hash, question);
  }
  void* const room = young_.arena.take(sizeof(Block) + question.size() + head.size() + body.size());
  auto* const block =
      new (room) Block{answer, static_cast<std::uint32_t>(question.size()),
                       static_cast<std::uint32_t>(head.size()), static_cast<std::uint32_t>(body.size())};
  char* to = static_cast<char*>(room) + sizeof(Block);
  to = std::copy(question.begin(), question.end(), to);
  to = std::copy(head.begin(), head.end(), to);
  std::copy(body.begin(), body.end(), to);
  if (!slot->block) ++young_.count;
  *slot = {hash, block};
  return found(*block);
}

}  // namespace shomei::services
