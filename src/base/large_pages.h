// Memory that is written from end to end, in pages as large as the system has: a page of 4 KiB costs a fault
// each.
#pragma once

#include <cstddef>

namespace shomei {

// Advice for memory that was not touched yet; small pieces are left as they are.
void prefer_large_pages(void* memory, std::size_t bytes);

}  // namespace shomei
