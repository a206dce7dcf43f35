// What tests of services share: a clock that is moved by hand, and a demo home that begins at its time.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "home/create.h"
#include "home/home.h"

namespace shomei::app {

class HandClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs{at}; }
  Instant at = *parse_instant("2026-11-22T00:00:00Z");
};

class DemoTest : public testing::Test {
 protected:
  DemoTest() {
    std::string name = (std::filesystem::temp_directory_path() / "shomei-demo.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    EXPECT_TRUE(home::create_home(root(), {.with_residents = false, .at = clock_.at, .first_port = 0}));
    home_ = *home::Home::open(root(), {journal::Access::write, clock_.at});
  }
  ~DemoTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path root() const { return folder_ / "home"; }

  HandClock clock_;
  std::filesystem::path folder_;  // of the home, and for what a test takes out of it
  std::unique_ptr<home::Home> home_;
};

}  // namespace shomei::app
