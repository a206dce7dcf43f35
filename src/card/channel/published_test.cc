// Sessions that others published (tests/vectors/scp03), replayed at both ends.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "card/channel/chip_channel.h"
#include "card/channel/derivation.h"
#include "card/channel/host_channel.h"

namespace shomei::card::channel {
namespace {

namespace fs = std::filesystem;

struct Exchange {
  Bytes command;  // before it is protected
  Bytes sent;
  Bytes received;  // empty: not published
  Bytes answer;
  bool refused = false;
};

struct Published {
  std::string name;
  KeySet keys;
  Bytes domain;
  std::vector<Exchange> exchanges;  // the first two have no command

  ByteView introduction() const {
    return ByteView(exchanges[0].received).first(exchanges[0].received.size() - 2);
  }
  ByteView host_challenge() const { return ByteView(exchanges[0].sent).subspan(5, kChallengeBytes); }
  ByteView card_challenge() const { return introduction().subspan(13, kChallengeBytes); }
  Level level() const { return level_of(exchanges[1].sent[2]).value(); }
};

Bytes hex(const std::string& text) {
  return from_hex(text).value();
}

void take_line(const std::string& line, Published& session, Bytes& command) {
  std::istringstream words(line);
  std::string word, value;
  words >> word >> value;
  if (word == "keys") {
    std::string enc, mac, dek;
    words >> enc >> mac >> dek;
    session.keys = {hex(value)[0], SecretBytes(hex(enc)), SecretBytes(hex(mac)), SecretBytes(hex(dek))};
  }
  if (word == "domain") session.domain = hex(value);
  if (word == "command") command = hex(value);
  if (word == ">") session.exchanges.push_back({.command = std::exchange(command, {}), .sent = hex(value)});
  if (word == "<") session.exchanges.back().received = hex(value);
  if (word == "answer" || word == "refused") session.exchanges.back().answer = hex(value);
  if (word == "refused") session.exchanges.back().refused = true;
}

std::vector<Published> read_sessions() {
  std::vector<Published> sessions;
  for (const auto& entry : fs::directory_iterator(SHOMEI_VECTORS "/scp03")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream file(entry.path());
    Bytes command;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("session ")) sessions.push_back({.name = entry.path().filename().string() + line});
      if (!sessions.empty()) take_line(line, sessions.back(), command);
    }
  }
  return sessions;
}

const std::vector<Published>& sessions() {
  static const auto kSessions = read_sessions();
  return kSessions;
}

void expect_at_host(const Published& published) {
  SCOPED_TRACE(published.name);
  const auto& first = published.exchanges[0];
  auto host = HostChannel::begin(published.keys.clone(), to_bytes(published.host_challenge()),
                                 {.key_version = first.sent[2], .domain = published.domain});
  EXPECT_EQ(to_hex(host.initialize_update().reveal()), to_hex(first.sent));
  const auto opening = host.external_authenticate(published.introduction(), published.level());
  ASSERT_TRUE(opening);
  EXPECT_EQ(to_hex(opening->reveal()), to_hex(published.exchanges[1].sent));
  ASSERT_TRUE(host.unwrap(published.exchanges[1].received));
  for (std::size_t i = 2; i < published.exchanges.size(); ++i) {
    const auto& exchange = published.exchanges[i];
    const auto wire = host.wrap(parse_command(exchange.command).value());
    ASSERT_TRUE(wire);
    EXPECT_EQ(to_hex(wire->reveal()), to_hex(exchange.sent));
    const Bytes received = exchange.received.empty() ? Bytes{0x6A, 0x80} : exchange.received;
    const auto answer = host.unwrap(received);
    ASSERT_EQ(answer.has_value(), !exchange.refused);
    if (!exchange.received.empty() && answer)
      EXPECT_EQ(to_hex(encode_answer(*answer)), to_hex(exchange.answer));
  }
}

TEST(PublishedSessions, AreWhatTheHostSendsAndReads) {
  ASSERT_EQ(sessions().size(), 17U);
  for (const auto& published : sessions()) expect_at_host(published);
}

// The answer that our chip gives, but for the options of the card that answered.
Bytes with_options_of(const Published& published, Bytes answer_data) {
  answer_data[12] = published.introduction()[12];
  return answer_data;
}

TEST(PublishedSessions, BeginAtTheChipWithTheSameChallengeAndCryptogram) {
  int compared = 0;
  for (const auto& published : sessions()) {
    if (published.domain.empty()) continue;
    SCOPED_TRACE(published.name);
    const auto counter = published.introduction().last(3);
    auto started =
        ChipChannel::start(published.keys, published.introduction().first(kDiversificationBytes),
                           static_cast<std::uint32_t>(counter[0] << 16 | counter[1] << 8 | counter[2]),
                           published.domain, parse_command(published.exchanges[0].sent).value());
    ASSERT_TRUE(started);
    EXPECT_EQ(to_hex(with_options_of(published, started->answer_data)), to_hex(published.introduction()));
    EXPECT_EQ(started->channel.authenticate(published.exchanges[1].sent), sw::kDone);
    for (std::size_t i = 2; i < published.exchanges.size(); ++i) {
      const auto& exchange = published.exchanges[i];
      const auto command = started->channel.unwrap(exchange.sent);
      ASSERT_TRUE(command);
      EXPECT_EQ(to_hex(encode_command(command->view()).reveal()), to_hex(exchange.command));
      if (exchange.answer.empty()) continue;
      const auto wire = started->channel.wrap(parse_answer(exchange.answer).value());
      EXPECT_EQ(to_hex(wire), to_hex(exchange.received));
    }
    ++compared;
  }
  EXPECT_EQ(compared, 13);
}

// The challenges of these are not the specification's: what follows them is.
TEST(PublishedSessions, ContinueAtTheChipAfterAnyChallenge) {
  int compared = 0;
  for (const auto& published : sessions()) {
    if (!published.domain.empty()) continue;
    SCOPED_TRACE(published.name);
    Session chip(published.keys, published.host_challenge(), published.card_challenge());
    EXPECT_EQ(chip.card_cryptogram(), to_bytes(published.introduction().subspan(21, 8)));
    ASSERT_TRUE(chip.open_authentication(published.exchanges[1].sent));
    chip.set_level(published.level());
    for (std::size_t i = 2; i < published.exchanges.size(); ++i) {
      const auto& exchange = published.exchanges[i];
      const auto command = chip.open(exchange.sent);
      ASSERT_TRUE(command);
      EXPECT_EQ(to_hex(encode_command(command->view()).reveal()), to_hex(exchange.command));
      const auto wire = chip.protect(parse_answer(exchange.answer).value());
      EXPECT_EQ(wire == exchange.received, !exchange.refused);
    }
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

}  // namespace
}  // namespace shomei::card::channel
