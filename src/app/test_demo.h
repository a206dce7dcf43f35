// What tests of services share: a clock that is moved by hand, and a demo home that begins at its time.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
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
  // One is made for all tests of a process, since its keys take a second; each has a copy.
  DemoTest() : folder_(new_folder()) {
    static const MadeOnce made(clock_.at);
    std::filesystem::copy(made.folder / "home", root(), std::filesystem::copy_options::recursive);
    home_ = *home::Home::open(root(), {journal::Access::write, clock_.at});
  }
  ~DemoTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path root() const { return folder_ / "home"; }

  HandClock clock_;
  std::filesystem::path folder_;  // of the home, and for what a test takes out of it
  std::unique_ptr<home::Home> home_;

 private:
  static std::filesystem::path new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "shomei-demo.XXXXXX").string();
    return ::mkdtemp(name.data());
  }
  struct MadeOnce {
    explicit MadeOnce(Instant at) {
      const auto created =
          home::create_home(folder / "home", {.with_residents = false, .at = at, .first_port = 0});
      if (!created) throw std::runtime_error("no demo home: " + std::string(created.error().code));
    }
    ~MadeOnce() { std::filesystem::remove_all(folder); }
    std::filesystem::path folder = new_folder();
  };
};

}  // namespace shomei::app
