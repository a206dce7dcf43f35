#include "card/applet/state.h"

#include <algorithm>
#include <utility>

#include "card/pin_form.h"
#include "crypto/random.h"

namespace shomei::card::applet {

StoredPin StoredPin::make(PinId id, ByteView pin) {
  StoredPin stored;
  std::ranges::copy(crypto::random_bytes(kSaltBytes), stored.salt.begin());
  stored.hash = crypto::sha256({stored.salt, pin});
  stored.tries_left = tries_max(id);
  return stored;
}

bool StoredPin::is(ByteView candidate) const {
  return crypto::equal_in_constant_time(crypto::sha256({salt, candidate}), hash);
}

ChipState ChipState::born(CardKind card_kind, std::shared_ptr<const Factory> factory) {
  ChipState state;
  state.card_kind = card_kind;
  state.factory = std::move(factory);
  const Bytes random = crypto::random_bytes(state.token_serial.size());
  std::ranges::transform(random, state.token_serial.begin(),
                         [](std::uint8_t byte) { return static_cast<std::uint8_t>('0' + byte % 10); });
  return state;
}

const Bytes& ChipState::file(const FileName& name) const {
  static const Bytes kNothing;
  const auto found = files.find(name);
  return found == files.end() ? kNothing : found->second;
}

}  // namespace shomei::card::applet
