#include "tests/support/pcsc/script.h"

#include <algorithm>
#include <utility>

namespace shomei::card::pcsc::mock {

Script& Script::current() {
  static Script script;
  return script;
}

void Script::add_reader(const std::string& name) {
  order_.push_back(name);
  readers_[name] = Reader{};
}

void Script::remove_reader(const std::string& name) {
  std::erase(order_, name);
  readers_.erase(name);
}

void Script::insert(const std::string& name, Transport& card, std::function<void()> on_reset) {
  Reader& reader = readers_.at(name);
  reader.card = &card;
  reader.on_reset = std::move(on_reset);
  ++reader.insertions;
  ++reader.changes;
}

void Script::take_out(const std::string& name) {
  Reader& reader = readers_.at(name);
  reader.card = nullptr;
  ++reader.insertions;
  ++reader.changes;
}

void Script::reset_by_another(const std::string& name) {
  Reader& reader = readers_.at(name);
  reader.on_reset();
  ++reader.resets;
}

void Script::stop_service() {
  runs_ = false;
  cards_.clear();
  contexts_.clear();
}

void Script::fail(Call call, unsigned nth, long code) {
  planned_.push_back({.call = call, .at = calls(call) + nth, .code = code});
}

void Script::before(Call call, unsigned nth, std::function<void()> action) {
  planned_.push_back({.call = call, .at = calls(call) + nth, .code = {}, .action = std::move(action)});
}

void Script::claim_length(unsigned nth, std::size_t bytes) {
  claimed_lengths_[calls(Call::transmit) + nth] = bytes;
}

unsigned Script::open_transactions() const {
  unsigned sum = 0;
  for (const auto& [name, reader] : readers_) sum += reader.transactions;
  return sum;
}

}  // namespace shomei::card::pcsc::mock
