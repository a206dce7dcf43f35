// SHOMEI_INVARIANT(condition): a condition that our own code guarantees. When it does not hold the process
// stops, in every build, because going on could sign something wrong.
#pragma once

namespace shomei {
[[noreturn]] void invariant_broken(const char* condition, const char* file, int line);
}

#define SHOMEI_INVARIANT(condition) \
  ((condition) ? static_cast<void>(0) : ::shomei::invariant_broken(#condition, __FILE__, __LINE__))
