// The third part of the tests that every engine must pass whose store outlives its process: several
// processes, and stores of other versions. Instantiated beside EngineSuite with the same type, which has then
// also
//   void pretend_newer(const Place&);  // as if a newer version had written it
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include "store/engine_suite.h"

namespace shomei::store {

template <class Store>
class EngineSuiteOfProcesses : public EngineSuite<Store> {};

TYPED_TEST_SUITE_P(EngineSuiteOfProcesses);

// Children get a new process, not only a new thread: the lock must hold between strangers.
TYPED_TEST_P(EngineSuiteOfProcesses, TwoProcessesThatWriteMakeOneSequenceWithoutGaps) {
  constexpr int kProcesses = 2, kEach = 25;
  this->open();
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    const pid_t child = fork();
    if (child == 0) {
      const auto engine = this->open();
      for (int i = 0; i < kEach; ++i)
        this->append(*engine, "act-" + std::to_string(p) + "-" + std::to_string(1000 + i));
      _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  const auto engine = this->open();
  const auto report = this->verify(*engine);
  EXPECT_EQ(report.entries, static_cast<std::uint64_t>(kProcesses * kEach));
  EXPECT_EQ(report.acts, static_cast<std::uint64_t>(kProcesses * kEach));
  EXPECT_TRUE(report.holds());
}

TYPED_TEST_P(EngineSuiteOfProcesses, AStoreOfANewerVersionIsRefused) {
  this->open();
  TypeParam::pretend_newer(this->place_);
  for (const auto& opened : {TypeParam::open(this->place_), TypeParam::open_read_only(this->place_)}) {
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().fault, Fault::refused);
    EXPECT_EQ(opened.error().code, "home_newer");
    EXPECT_FALSE(opened.error().parameter("found").empty());
    EXPECT_FALSE(opened.error().parameter("known").empty());
  }
}

REGISTER_TYPED_TEST_SUITE_P(EngineSuiteOfProcesses, TwoProcessesThatWriteMakeOneSequenceWithoutGaps,
                            AStoreOfANewerVersionIsRefused);

}  // namespace shomei::store
