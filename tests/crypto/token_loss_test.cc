// Tokens that are reset, taken out and put back, and modules that lose everything, while keys are in use.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

#include "soft_tokens.h"

namespace shomei::crypto::pkcs11 {
namespace {

using std::chrono::milliseconds;

struct OneKey {
  OneKey() = default;
  // Begins with one P-256 key on the token "ca".
  void begin() {
    token = *tokens.open("ca");
    ring = token_key_ring(token);
    signer = *ring->generate("key", KeyType::ec_p256);
  }
  std::string sign() const {
    const auto signature = signer->sign(view("message"));
    return signature ? "signed" : std::string(signature.error().code);
  }
  SoftTokens tokens;
  std::shared_ptr<Token> token;
  std::unique_ptr<KeyRing> ring;
  std::unique_ptr<Signer> signer;
};

constexpr int kThreads = 4;

struct Tally {
  std::atomic<int> signatures{0};
  std::vector<std::string> errors;
};

bool all_sign_again(std::array<Tally, kThreads>& tallies) {
  std::array<int, kThreads> before{};
  for (std::size_t i = 0; i < kThreads; ++i) before[i] = tallies[i].signatures;
  const auto signing = [&](std::size_t i) { return tallies[i].signatures >= before[i] + 3; };
  for (int waited = 0; waited < 2000; ++waited) {
    if (signing(0) && signing(1) && signing(2) && signing(3)) return true;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return false;
}

// The errors that several threads meet while `disturb` is done again and again, each time when all of them
// have signed since the last.
template <class Disturb>
std::vector<std::string> errors_under(const OneKey& one, Disturb disturb) {
  std::array<Tally, kThreads> tallies;
  std::atomic<bool> stop{false};
  std::vector<std::jthread> threads;
  for (auto& tally : tallies)
    threads.emplace_back([&] {
      while (!stop) {
        const auto answer = one.sign();
        if (answer == "signed")
          ++tally.signatures;
        else
          tally.errors.push_back(answer);
      }
    });
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(all_sign_again(tallies)) << "after disturbance " << i;
    disturb();
  }
  EXPECT_TRUE(all_sign_again(tallies));
  stop = true;
  threads.clear();
  std::vector<std::string> all;
  for (const auto& tally : tallies) all.insert(all.end(), tally.errors.begin(), tally.errors.end());
  return all;
}

TEST(TokenLoss, SessionsClosedByOthersAreOpenedAnew) {
  OneKey one;
  one.tokens.add("ca");
  one.tokens.bend();
  one.begin();
  auto& functions = one.tokens.functions();
  const auto slot = one.token->describe().slot;
  const auto errors = errors_under(one, [&] { EXPECT_EQ(functions.C_CloseAllSessions(slot), CKR_OK); });
  EXPECT_EQ(errors, std::vector<std::string>{});
}

TEST(TokenLoss, ALogoutByOthersIsFollowedByALogin) {
  OneKey one;
  one.tokens.add("ca");
  one.tokens.bend();
  one.begin();
  auto& functions = one.tokens.functions();
  const auto slot = one.token->describe().slot;
  const auto errors = errors_under(one, [&] {
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    ASSERT_EQ(functions.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    functions.C_Logout(session);
    functions.C_CloseSession(session);
  });
  EXPECT_EQ(errors, std::vector<std::string>{});
}

TEST(TokenLoss, AKeyThatIsHiddenByALogoutIsNotMissing) {
  OneKey one;
  one.tokens.add("ca");
  one.begin();
  auto& functions = one.tokens.functions();
  const auto log_out = [&] {
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    ASSERT_EQ(
        functions.C_OpenSession(one.token->describe().slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session),
        CKR_OK);
    ASSERT_EQ(functions.C_Logout(session), CKR_OK);
    ASSERT_EQ(functions.C_CloseSession(session), CKR_OK);
  };
  log_out();
  EXPECT_TRUE(*one.ring->has("key"));
  log_out();
  EXPECT_TRUE(one.ring->open("key"));
  log_out();
  EXPECT_EQ(one.ring->generate("key", KeyType::ec_p256).error().code, "key_exists");
}

TEST(TokenLoss, AModuleEndedByOthersIsBegunAnew) {
  OneKey one;
  one.tokens.add("ca");
  one.begin();
  EXPECT_EQ(one.sign(), "signed");
  ASSERT_EQ(one.tokens.functions().C_Finalize(nullptr), CKR_OK);
  EXPECT_EQ(one.sign(), "signed");
}

TEST(TokenLoss, ATokenTakenOutIsMissedAndTakenUpAgain) {
  OneKey one;
  one.tokens.add("ca");
  auto& controls = one.tokens.bend();
  one.begin();
  EXPECT_EQ(one.sign(), "signed");
  controls.no_token = true;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(one.sign(), "token_lost");
  controls.no_token = false;
  EXPECT_EQ(one.sign(), "signed");
}

TEST(TokenLoss, AModuleThatSeesItsTokenNoMoreIsBegunAnewOnce) {
  OneKey one;
  one.tokens.add("ca");
  auto& controls = one.tokens.bend();
  one.begin();
  const auto other = *one.ring->generate("other", KeyType::rsa_2048);
  EXPECT_TRUE(other->sign(view("message")));
  controls.blind = true;
  EXPECT_EQ(one.sign(), "signed");
  EXPECT_TRUE(other->sign(view("message"))) << "the module's other handles are void, too";
  EXPECT_EQ(controls.begins, 2);
  controls.no_token = true;
  for (int i = 0; i < 20; ++i) one.sign();
  EXPECT_LE(controls.begins, 3) << "a token that is away must not make every call begin the module anew";
}

TEST(TokenLoss, IsRetriedOnceAndNoMore) {
  OneKey one;
  one.tokens.add("ca");
  auto& controls = one.tokens.bend();
  one.begin();
  for (const CK_RV rv : {CKR_SESSION_HANDLE_INVALID, CKR_USER_NOT_LOGGED_IN, CKR_DEVICE_REMOVED,
                         CKR_TOKEN_NOT_PRESENT, CKR_KEY_HANDLE_INVALID}) {
    controls.sign_init = rv;
    controls.sign_init_times = 1;
    EXPECT_EQ(one.sign(), "signed");
    controls.sign_init_times = 100;
    const int before = controls.sign_inits;
    EXPECT_EQ(one.sign(), "token_lost");
    EXPECT_EQ(controls.sign_inits, before + 2);
  }
  controls.sign_init = CKR_GENERAL_ERROR;
  const int before = controls.sign_inits;
  EXPECT_EQ(one.sign(), "token_failed");
  EXPECT_EQ(controls.sign_inits, before + 1) << "what is no loss is not tried again";
  controls.sign_init = CKR_OK;
  EXPECT_EQ(one.sign(), "signed");
}

TEST(TokenLoss, SessionsAreGivenBack) {
  OneKey one;
  one.tokens.add("ca");
  auto& controls = one.tokens.bend();
  one.begin();
  for (int i = 0; i < 20; ++i) {
    controls.sign_init = CKR_USER_NOT_LOGGED_IN;
    controls.sign_init_times = i % 2;
    EXPECT_EQ(one.sign(), "signed");
  }
  EXPECT_EQ(controls.sessions, 2) << "the one that keeps the login, and one to sign";
  one.signer.reset();
  one.ring.reset();
  one.token.reset();
  EXPECT_EQ(controls.sessions, 0);
}

TEST(TokenLoss, AKeyReplacedUnderItsNameIsNotUsed) {
  OneKey one;
  one.tokens.add("ca");
  one.begin();
  EXPECT_EQ(one.sign(), "signed");
  ASSERT_EQ(one.tokens.tool("--delete-object --type privkey --label key").status, 0);
  EXPECT_NE(one.sign(), "signed");
  ASSERT_EQ(one.tokens.tool("--delete-object --type pubkey --label key").status, 0);
  EXPECT_EQ(one.sign(), "key_missing");
  ASSERT_EQ(one.tokens.tool("--keypairgen --key-type EC:prime256v1 --label key --id 01").status, 0);
  EXPECT_EQ(one.sign(), "token_key_changed");
  EXPECT_TRUE((*one.ring->open("key"))->sign(view("message")));
}

TEST(TokenLoss, ATokenDeletedAndMadeAnewHasLostItsKeys) {
  OneKey one;
  one.tokens.add("ca");
  one.begin();
  EXPECT_EQ(one.sign(), "signed");
  one.tokens.remove("ca");
  EXPECT_NE(one.sign(), "signed");
  one.tokens.add("ca");
  std::string last = "token_lost";  // until the module may be begun anew again
  for (int waited = 0; last == "token_lost" && waited < 60; ++waited) {
    std::this_thread::sleep_for(milliseconds(100));
    last = one.sign();
  }
  EXPECT_EQ(last, "key_missing");
}

}  // namespace
}  // namespace shomei::crypto::pkcs11
