// Script: what the pcscd of this process does. The test says which readers and cards there are, and what
// happens at the n-th call of a function; the functions of winscard (winscard.cc) play it. One a process, one
// thread; clear() begins anew.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "card/transport.h"

namespace shomei::card::pcsc::mock {

enum class Call {
  establish_context,
  release_context,
  list_readers,
  get_status_change,
  connect,
  reconnect,
  disconnect,
  begin_transaction,
  end_transaction,
  transmit,
};
inline constexpr std::size_t kCalls = 10;

struct Reader {
  Transport* card = nullptr;               // none: empty
  std::function<void()> on_reset = [] {};  // the card loses its power
  bool mute = false;
  bool held = false;             // by another process, exclusively
  std::uint32_t insertions = 0;  // each makes the handles of before stale
  std::uint32_t resets = 0;      // by others than the handle that looks
  std::uint16_t changes = 0;     // in the upper half of the state that pcscd tells
  unsigned transactions = 0;
  Bytes atr = {0x3B, 0x80, 0x80, 0x01, 0x01};
};

// A handle that SCardConnect gave.
struct Opened {
  std::string reader;
  std::uint32_t insertions;
  std::uint32_t resets;
  bool exclusive;
};

class Script {
 public:
  static Script& current();
  void clear() { *this = Script(); }

  // What there is, and what others do with it.
  void add_reader(const std::string& name);
  void remove_reader(const std::string& name);
  void insert(
      const std::string& name, Transport& card, std::function<void()> on_reset = [] {});
  void take_out(const std::string& name);
  void reset_by_another(const std::string& name);
  Reader& reader(const std::string& name) { return readers_.at(name); }
  // Ended, every handle of before is void, also when it is started again.
  void stop_service();
  void start_service() { runs_ = true; }

  // What happens at the n-th call from now on, the first being 1.
  void fail(Call call, unsigned nth, long code);
  void before(Call call, unsigned nth, std::function<void()> action);
  // The n-th answer of a card from now on is said to have so many bytes, whatever it has.
  void claim_length(unsigned nth, std::size_t bytes);
  // In the next call that waits for a change: without it, a wait is over at once, with nothing.
  void while_waiting(std::function<void()> action) { waiting_.push_back(std::move(action)); }

  unsigned calls(Call call) const { return calls_[static_cast<std::size_t>(call)]; }
  // What is not given back.
  std::size_t open_contexts() const { return contexts_.size(); }
  std::size_t open_cards() const { return cards_.size(); }
  unsigned open_transactions() const;

 private:
  friend struct Player;
  struct Planned {
    Call call;
    unsigned at;
    std::optional<long> code;
    std::function<void()> action = [] {};
  };

  bool runs_ = true;
  std::vector<std::string> order_ = {};
  std::map<std::string, Reader> readers_ = {};
  std::map<long, Opened> cards_ = {};
  std::vector<long> contexts_ = {};
  long last_handle_ = 1000;
  std::array<unsigned, kCalls> calls_{};
  std::vector<Planned> planned_ = {};
  std::map<unsigned, std::size_t> claimed_lengths_ = {};
  std::deque<std::function<void()>> waiting_ = {};
};

}  // namespace shomei::card::pcsc::mock
