#include "card/applet/state.h"

#include <algorithm>

#include "base/check.h"
#include "card/pin_form.h"
#include "crypto/random.h"

namespace shomei::card::applet {

StoredPin StoredPin::make(Kind kind, ByteView pin) {
  StoredPin stored;
  std::ranges::copy(crypto::random_bytes(kSaltBytes), stored.salt.begin());
  stored.hash = crypto::sha256({stored.salt, pin});
  stored.tries_left = tries_max(kind);
  return stored;
}

bool StoredPin::is(ByteView candidate) const {
  return crypto::equal_in_constant_time(crypto::sha256({salt, candidate}), hash);
}

ChipState ChipState::born() {
  ChipState state;
  const Bytes random = crypto::random_bytes(state.token_serial.size());
  std::ranges::transform(random, state.token_serial.begin(),
                         [](std::uint8_t byte) { return static_cast<std::uint8_t>('0' + byte % 10); });
  return state;
}

}  // namespace shomei::card::applet
