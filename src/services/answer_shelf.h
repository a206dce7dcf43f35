// AnswerShelf: the answers that one loop of the status service keeps to give again, each in one piece of
// memory with the question that it answers: what is needed for one lies together, and where there are many,
// finding one costs few cache misses. Bounded: strangers choose what is kept. Used by one thread.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"

namespace shomei::services {

// What an answer is, but for its bytes.
struct KeptAnswer {
  Instant this_update;
  Instant repeat_before;
  Instant next_update;
  std::uint64_t changes = 0;  // of the responder, as status::Response has it
  bool cacheable = false;
};

class AnswerShelf {
 public:
  struct Found {
    KeptAnswer answer;
    std::string_view head;  // the fields that stay, with their line ends
    ByteView body;
  };

  // At least two answers. What is used moves to the young half; when that is full it becomes the old one, and
  // what was old goes.
  explicit AnswerShelf(std::size_t answers_max);

  // Valid until the next call of keep() or find().
  std::optional<Found> find(std::string_view question);
  Found keep(std::string_view question, const KeptAnswer& answer, std::string_view head, ByteView body);
  std::size_t size() const { return young_.count + old_.count; }

 private:
  struct Block {
    KeptAnswer answer;
    std::uint32_t question_bytes, head_bytes, body_bytes;
    // behind it: question, head, body
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  };
  // Memory that is given out in order and given back at once.
  class Arena {
   public:
    void* take(std::size_t bytes);
    std::size_t bytes() const { return bytes_; }

   private:
    static constexpr std::size_t kChunkBytes = 2 * 1024 * 1024;  // a huge page, where the system has them
    struct Free {
      void operator()(std::byte* chunk) const { std::free(chunk); }
    };
    std::vector<std::unique_ptr<std::byte, Free>> chunks_;
    std::byte* end_ = nullptr;  // of the last chunk
    std::size_t bytes_ = 0, left_ = 0;
  };
  struct Slot {
    std::uint64_t hash = 0;
    const Block* block = nullptr;
  };
  struct Half {
    std::vector<Slot> slots;  // open addressing, at most half full
    std::size_t count = 0;
    Arena arena;
  };

  Half empty_half() const;
  bool young_is_full() const;
  Slot& slot_of(Half& half, std::uint64_t hash, std::string_view question) const;
  static Found found(const Block& block);
  std::uint64_t hash_of(std::string_view question) const;

  const std::size_t half_max_;
  const std::uint64_t seed_;
  Half young_, old_;
};

}  // namespace shomei::services
