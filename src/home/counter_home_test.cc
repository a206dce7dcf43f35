#include "home/counter_home.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "home/keys/home_key.h"
#include "home/test_folder.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

// A limit on the size of files stands for a full disk.
class NoRoom {
 public:
  NoRoom() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~NoRoom() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  NoRoom(const NoRoom&) = delete;
  NoRoom& operator=(const NoRoom&) = delete;

 private:
  rlimit before_{};
  sighandler_t handler_{};
};

TEST(CounterHomeTest, IsThereWholeOrNotAtAll) {
  const TemporaryFolder folder;
  const auto root = folder.path() / "counter";
  {
    const NoRoom full;
    EXPECT_EQ(create_counter_home(root, "unix:/run/acts.sock").error().fault, Fault::unavailable);
  }
  const auto too_short = SecretBytes::of_text("short");
  EXPECT_EQ(create_counter_home(root, "unix:/run/acts.sock", &too_short).error().code, "passphrase_short");
  EXPECT_EQ(create_counter_home(root, "unix:/\xFF").error().code, "place_form") << "no settings can say it";
  EXPECT_TRUE(fs::is_empty(folder.path()));
  ASSERT_TRUE(create_counter_home(root, "unix:/run/acts.sock"));
  EXPECT_EQ(create_counter_home(root, "unix:/run/acts.sock").error().code, "home_exists");
}

TEST(CounterHomeTest, AsksWhereItWasToldWhateverCharactersAreInIt) {
  const TemporaryFolder folder;
  const std::string place = "unix:/a \"b\"\\c\n[keys]\x7F\u5e02/acts.sock";
  const auto made = create_counter_home(folder.path() / "counter", place);
  ASSERT_TRUE(made) << made.error().code;
  const auto home = CounterHome::open(folder.path() / "counter");
  ASSERT_TRUE(home) << home.error().code;
  EXPECT_EQ((*home)->settings().acts.authority_of_counter, place);
}

TEST(CounterHomeTest, APassphraseSealsTheKeyOfItsCards) {
  const TemporaryFolder folder;
  const auto root = folder.path() / "counter";
  const auto passphrase = SecretBytes::of_text("correct horse battery");
  ASSERT_TRUE(create_counter_home(root, "unix:/run/acts.sock", &passphrase));
  EXPECT_TRUE(*home_key_is_sealed(root / "keys"));
  const auto opens = [&](const char* text) {
    const auto home = *CounterHome::open(root);
    const auto box = home->card_box([&](const SecretQuestion&) { return SecretBytes::of_text(text); });
    return box ? "opens" : std::string(box.error().code);
  };
  EXPECT_EQ(opens("another passphrase"), "passphrase_wrong");
  EXPECT_EQ(opens("correct horse battery"), "opens");
}

}  // namespace
}  // namespace shomei::home
