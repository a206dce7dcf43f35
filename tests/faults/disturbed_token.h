// What happens to a token while its keys are in use, by the seed: sessions closed and logins ended by others
// in the same process, the token away for a moment, a device that fails or answers with bent signatures. The
// module is the bent one of tests/crypto.
#pragma once

#include <cstdint>
#include <string>
#include <thread>

namespace shomei::test {

class DisturbedToken {
 public:
  DisturbedToken(const std::string& module, std::uint64_t seed);
  ~DisturbedToken();
  DisturbedToken(const DisturbedToken&) = delete;
  DisturbedToken& operator=(const DisturbedToken&) = delete;

 private:
  std::jthread thread_;
};

}  // namespace shomei::test
