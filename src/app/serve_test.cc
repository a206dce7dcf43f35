#include "app/serve.h"

#include <gtest/gtest.h>

#include <thread>

#include "files/file.h"
#include "home/create.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;

class ServeTest : public testing::Test {
 protected:
  ServeTest() {
    std::string name = (fs::temp_directory_path() / "shomei-serve.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    EXPECT_TRUE(home::create_home(root(), {.with_residents = false, .first_port = 0}));
  }
  ~ServeTest() override { fs::remove_all(folder_); }

  fs::path root() const { return folder_ / "home"; }
  void lose(const std::string& file) const { ASSERT_TRUE(fs::remove(root() / file)) << file; }

  void take_acts() const {
    std::string text = to_text(*files::read_file(root() / "shomei.toml", 1 << 20));
    constexpr std::string_view kNowhere = "\nacts = \"\"";
    const auto at = text.find(kNowhere);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, kNowhere.size(), "\nacts = \"unix:acts.sock\"");
    ASSERT_TRUE(files::replace_file(root() / "shomei.toml", view(text)));
  }

  static bool has_list(const home::Home& home, const std::string& authority) {
    return (*(*home.rows())->latest_crl(authority)).has_value();
  }
  static bool gets_list(const home::Home& home, const std::string& authority) {
    for (int tries = 0; tries < 400 && !has_list(home, authority); ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    return has_list(home, authority);
  }

  fs::path folder_;
};

TEST_F(ServeTest, StartsAndPublishesForTheOthersWhenAnAuthoritysKeyIsAway) {
  lose("keys/signature-1.key");
  lose("public/signature-1-responder.crt");
  const auto home = *home::Home::open(root(), {.access = journal::Access::write});
  const auto services = Services::start(*home);
  ASSERT_TRUE(services) << services.error().code;
  EXPECT_FALSE((*services)->addresses().status.empty());
  EXPECT_TRUE(gets_list(*home, "user_authentication-1"));
  EXPECT_FALSE(has_list(*home, "signature-1"));
}

TEST_F(ServeTest, AListIsPublishedWithoutAResponder) {
  lose("keys/signature-1-responder.key");
  const auto home = *home::Home::open(root(), {.access = journal::Access::write});
  const auto services = Services::start(*home);
  ASSERT_TRUE(services) << services.error().code;
  EXPECT_TRUE(gets_list(*home, "signature-1"));
}

TEST_F(ServeTest, ActsAreTakenWhenOneKindCanBeIssued) {
  const auto start = [&] {
    const auto home = *home::Home::open(root(), {.access = journal::Access::write});
    const auto services = Services::start(*home, Tiers::authority);
    return services ? std::string((*services)->addresses().acts.empty() ? "no acts" : "acts")
                    : std::string(services.error().code);
  };
  take_acts();
  lose("keys/signature-1.key");
  EXPECT_EQ(start(), "acts");
  lose("keys/user_authentication-1.key");
  EXPECT_EQ(start(), "key_missing");
}

TEST_F(ServeTest, DoesNotStartWhenNobodyCouldAnswer) {
  for (const char* name : {"signature-1", "user_authentication-1"})
    lose("keys/" + std::string(name) + "-responder.key");
  const auto home = *home::Home::open(root(), {.access = journal::Access::write});
  const auto services = Services::start(*home);
  ASSERT_FALSE(services);
  EXPECT_EQ(services.error().code, "key_missing");
}

}  // namespace
}  // namespace shomei::app
