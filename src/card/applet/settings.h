// What differs from card to card, or is not known for sure of the real one (jpki-facts 1.3, 1.6, 1.9, 1.11).
#pragma once

#include <string>

#include "base/bytes.h"
#include "card/status_word.h"

namespace shomei::card::applet {

struct ChipSettings {
  // VERIFY with a blocked PIN. Two implementers saw 6984; 6983 is ISO's, and kinder to OpenSC.
  StatusWord blocked_word = sw::kPinBlocked;
  // Classes with secure messaging, outside the issuer's channel. 69FC was seen too.
  StatusWord secure_messaging_word = sw::kNoSecureMessaging;
  // An operational card without a certificate: SELECT of its file answers 6A82. false: the file is there,
  // and empty.
  bool hides_empty_files = true;
  Bytes atr{0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14};
  std::string token_label = "JPKIAPICCTOKEN2";  // at most 32 characters
  std::string token_model = "SHOMEI";           // at most 16 characters
};

}  // namespace shomei::card::applet
