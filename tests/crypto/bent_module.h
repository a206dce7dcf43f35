// A PKCS#11 module that passes everything on to SoftHSM, and breaks what it is told to: for the faults of a
// device that a healthy one does not show. bent_controls() of the loaded module gives the switches.
#pragma once

#include <p11-kit/pkcs11.h>

#include <atomic>

struct BentControls {
  std::atomic<CK_RV> login{CKR_OK};      // what C_Login answers when it is not CKR_OK
  std::atomic<CK_RV> generate{CKR_OK};   // likewise C_GenerateKeyPair
  std::atomic<CK_RV> sign_init{CKR_OK};  // likewise C_SignInit, for the next `sign_init_times`
  std::atomic<int> sign_init_times{0};
  std::atomic<bool> bend_signatures{false};
  std::atomic<bool> no_token{false};             // the token is out of its slot
  std::atomic<bool> blind{false};                // likewise, until the module is begun anew
  std::atomic<CK_FLAGS> token_flags{0};          // more flags of the token
  std::atomic<CK_ULONG> sessions_max{0};         // its ulMaxSessionCount, and how many it does open
  std::atomic<CK_MECHANISM_TYPE> without{~0UL};  // a mechanism that it does not have
  std::atomic<int> logins{0}, sign_inits{0}, begins{0}, sessions{0}, most_sessions{0};
};

extern "C" BentControls* bent_controls();
