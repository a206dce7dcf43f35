#include "card/client/challenge.h"

#include "card/client/exchange.h"
#include "card/instruction.h"

namespace shomei::card::client {

Result<Bytes> challenge(Transport& transport, std::size_t bytes) {
  const Command command{.ins = ins::kGetChallenge, .le = static_cast<std::uint32_t>(bytes)};
  SHOMEI_TRY(auto random, expect_done(transport, command));
  if (random.size() != bytes) return unexpected(command, sw::kDone);
  return random;
}

}  // namespace shomei::card::client
