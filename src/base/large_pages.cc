#include "base/large_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace shomei {
namespace {

constexpr std::uintptr_t kLargePage = 2 * 1024 * 1024;

}  // namespace

void prefer_large_pages(void* memory, std::size_t bytes) {
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + kLargePage - 1) & ~(kLargePage - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) & ~(kLargePage - 1);
  // A system that has none goes on with small ones.
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace shomei
