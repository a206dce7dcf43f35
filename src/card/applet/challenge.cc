// GET CHALLENGE (ISO/IEC 7816-4): 1 to 256 random bytes.
#include "card/applet/interior.h"
#include "crypto/random.h"

namespace shomei::card::applet {

Answer get_challenge(Interior&, const Command& command) {
  if (command.p1 != 0 || command.p2 != 0) return sw::kWrongParameters;
  if (!command.data.empty() || !command.le || *command.le > kShortAnswerMax) return sw::kWrongLength;
  return Answer(crypto::random_bytes(*command.le));
}

}  // namespace shomei::card::applet
