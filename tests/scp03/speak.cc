// Both ends of the channel behind lines of hexadecimal words on the standard input and output, for an
// implementation in another language. One line a question, one an answer: hexadecimal bytes, or `refused` and
// why.
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "card/channel/chip_channel.h"
#include "card/channel/host_channel.h"

namespace {

using namespace shomei;
using namespace shomei::card;
using namespace shomei::card::channel;

using Words = std::vector<Bytes>;

std::string refused_with(const Error& error) {
  return "refused " + std::string(error.code);
}
std::string refused_with(StatusWord word) {
  Bytes bytes;
  append_u16(bytes, word);
  return "refused " + to_hex(bytes);
}

// enc, mac, dek and version.
KeySet keys_of(const Words& words) {
  return {.version = words[3].at(0),
          .enc = SecretBytes(words[0]),
          .mac = SecretBytes(words[1]),
          .dek = SecretBytes(words[2])};
}

class Ends {
 public:
  std::string answer(const std::string& what, const Words& words) {
    static const std::map<std::string, std::string (Ends::*)(const Words&)> kQuestions = {
        {"diversify", &Ends::diversify_keys},
        {"chip", &Ends::chip},
        {"authenticate", &Ends::authenticate},
        {"chip-unwrap", &Ends::chip_unwrap},
        {"chip-wrap", &Ends::chip_wrap},
        {"host", &Ends::host},
        {"open", &Ends::open},
        {"host-wrap", &Ends::host_wrap},
        {"host-unwrap", &Ends::host_unwrap}};
    return (this->*kQuestions.at(what))(words);
  }

 private:
  std::string diversify_keys(const Words& words) {
    const KeySet keys = diversify(SecretBytes(words[0]), words[1].at(0), words[2]);
    return to_hex(keys.enc.reveal()) + " " + to_hex(keys.mac.reveal()) + " " + to_hex(keys.dek.reveal());
  }
  // The keys, diversification data, counter, domain, INITIALIZE UPDATE.
  std::string chip(const Words& words) {
    const auto& counter = words[5];
    auto started = ChipChannel::start(
        keys_of(words), words[4], static_cast<std::uint32_t>(counter[0] << 16 | counter[1] << 8 | counter[2]),
        words[6], parse_command(words[7]).value());
    if (!started) return refused_with(started.error());
    chip_ = std::move(started->channel);
    return to_hex(started->answer_data);
  }
  std::string authenticate(const Words& words) {
    return to_hex(encode_answer(chip_.value().authenticate(words[0])));
  }
  std::string chip_unwrap(const Words& words) {
    const auto command = chip_.value().unwrap(words[0]);
    return command ? to_hex(encode_command(command->view()).reveal()) : refused_with(command.error());
  }
  std::string chip_wrap(const Words& words) {
    return to_hex(chip_.value().wrap(parse_answer(words[0]).value()));
  }
  // The keys, host challenge, domain.
  std::string host(const Words& words) {
    host_ = HostChannel::begin(keys_of(words), words[4], {.key_version = words[3].at(0), .domain = words[5]});
    return to_hex(host_->initialize_update().reveal());
  }
  // The level, and the data of the answer to INITIALIZE UPDATE.
  std::string open(const Words& words) {
    return told(host_.value().external_authenticate(words[1], level_of(words[0].at(0)).value()));
  }
  std::string host_wrap(const Words& words) {
    return told(host_.value().wrap(parse_command(words[0]).value()));
  }
  std::string host_unwrap(const Words& words) {
    const auto answer = host_.value().unwrap(words[0]);
    return answer ? to_hex(encode_answer(*answer)) : refused_with(answer.error());
  }
  static std::string told(const Result<SecretBytes>& bytes) {
    return bytes ? to_hex(bytes->reveal()) : refused_with(bytes.error());
  }

  std::optional<ChipChannel> chip_;
  std::optional<HostChannel> host_;
};

}  // namespace

int main() {
  Ends ends;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream text(line);
    std::string what, word;
    text >> what;
    Words words;
    while (text >> word) words.push_back(from_hex(word == "-" ? "" : word).value());
    std::cout << ends.answer(what, words) << std::endl;
  }
}
