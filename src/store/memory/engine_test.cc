#include "store/memory/engine.h"

#include <gtest/gtest.h>

#include <thread>

#include "store/engine_suite_of_acts.h"
#include "store/engine_suite_of_contents.h"

namespace shomei::store {
namespace {

struct InMemory {
  using Place = MemoryStore;
  static Result<std::unique_ptr<journal::Engine>> open(MemoryStore& store) {
    return std::unique_ptr<journal::Engine>(std::make_unique<MemoryEngine>(store));
  }
  static Result<std::unique_ptr<journal::Engine>> open_read_only(MemoryStore& store) {
    return std::unique_ptr<journal::Engine>(std::make_unique<MemoryEngine>(store, Access::read));
  }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EngineSuite, InMemory);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EngineSuiteOfActs, InMemory);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EngineSuiteOfContents, InMemory);

}  // namespace
}  // namespace shomei::store
