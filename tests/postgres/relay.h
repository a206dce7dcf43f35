// A way to the test's server on which a connection can be lost at a chosen moment: the client's address is a
// port of the loopback, behind it is the server's socket.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace shomei::store {

class Relay {
 public:
  Relay();
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::string address(const std::string& schema) const;
  // Of the next connection on which something comes: what the client says arrives, and the answer does not;
  // or what it says does not arrive either.
  void lose_next_answer() { losing_ = Losing::answer; }
  void lose_next_question() { losing_ = Losing::question; }

 private:
  enum class Losing { nothing, answer, question };
  void accept_all();
  void carry(int client);
  int listener_ = -1;
  int port_ = 0;
  std::atomic<Losing> losing_{Losing::nothing};
  std::atomic<bool> ended_{false};
  std::thread accepting_;
};

}  // namespace shomei::store
