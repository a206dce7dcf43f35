#include "app/measure_card.h"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <vector>

#include "card/apdu.h"
#include "card/applet/chip.h"
#include "card/client/terminal.h"
#include "card/instruction.h"
#include "crypto/random.h"
#include "der/writer.h"

namespace shomei::app {
namespace {

using card::Kind;
using std::chrono::steady_clock;

constexpr std::size_t kRounds = 20;
constexpr std::size_t kKeysMade = 16;
constexpr std::size_t kFaceBytes = 12'000;

template <class Act>
Result<double> microseconds_of(const Act& act) {
  const auto begun = steady_clock::now();
  SHOMEI_CHECK(act());
  return std::chrono::duration<double, std::micro>(steady_clock::now() - begun).count();
}

CommandTimes times_of(std::vector<double> times) {
  std::ranges::sort(times);
  return {value_at(times, 0.5), value_at(times, 0.99)};
}

Result<void> transmit_done(card::Transport& transport, ByteView command) {
  SHOMEI_TRY(const auto raw, transport.transmit(command));
  SHOMEI_TRY(const auto answer, card::parse_answer(raw));
  if (answer.word == card::sw::kDone || card::sw::is_tries_left(answer.word)) return {};
  return malformed("card_answer");
}

// Any 51 bytes are padded and signed alike.
Bytes signing_command() {
  const Bytes digest_info(51, 0x30);
  const auto reference = card::short_reference(card::key_file(Kind::user_authentication));
  const auto command = card::encode_command(
      {card::kOwnClass, card::ins::kComputeSignature, 0, reference, digest_info, card::kShortAnswerMax});
  return to_bytes(command.reveal());
}

class Nowhere final : public card::applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

std::size_t resident_bytes() {
  std::size_t pages = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

Bytes certificate_of(std::size_t bytes) {
  return der::sequence({der::octet_string(crypto::random_bytes(bytes))});
}

// Each has keys of its own in memory, though the numbers repeat: making 2,000 would take minutes.
card::applet::ChipState whole_card(const std::vector<SecretBytes>& keys, std::size_t number) {
  namespace applet = card::applet;
  auto state = applet::ChipState::born();
  state.phase = applet::Phase::operational;
  for (const auto kind : card::kKinds) {
    const auto& pkcs8 = keys[(2 * number + index_of(kind)) % keys.size()];
    auto& half = state.of(kind);
    half.key = crypto::PrivateKey::parse_pkcs8(pkcs8).value();
    half.certificate = certificate_of(1400);
    half.authority_certificate = certificate_of(1000);
    state.pin(card::pin_id(kind)) =
        applet::StoredPin::make(card::pin_id(kind), view(kind == Kind::signature ? "ABC123" : "1234"));
  }
  state.files[{card::ApplicationId::input_helper, 0x0002}] = crypto::random_bytes(300);
  state.files[{card::ApplicationId::face, 0x0002}] = crypto::random_bytes(kFaceBytes);
  return state;
}

}  // namespace

Result<CardTimes> measure_card(card::Transport& transport, const SecretBytes& pin, std::size_t commands) {
  card::client::Terminal terminal(transport);
  SHOMEI_CHECK(terminal.select_jpki());
  SHOMEI_CHECK(terminal.verify(Kind::user_authentication, pin));
  const Bytes question{0x00, card::ins::kVerify, 0x00,
                       card::short_reference(card::pin_file(Kind::user_authentication))};
  const Bytes signing = signing_command();
  const auto key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  const Bytes digest_info(51, 0x30);
  std::vector<double> round_trips, signatures, raw;
  for (std::size_t round = 0; round < kRounds; ++round)
    for (std::size_t i = 0; i < std::max<std::size_t>(commands / kRounds, 1); ++i) {
      SHOMEI_TRY(const double asked, microseconds_of([&] { return transmit_done(transport, question); }));
      SHOMEI_TRY(const double signed_in, microseconds_of([&] { return transmit_done(transport, signing); }));
      SHOMEI_TRY(const double raw_in, microseconds_of([&] { return key.sign_padded(digest_info); }));
      round_trips.push_back(asked);
      signatures.push_back(signed_in);
      raw.push_back(raw_in);
    }
  return CardTimes{times_of(std::move(round_trips)), times_of(std::move(signatures)),
                   times_of(std::move(raw))};
}

ChipMemory measure_chips(std::size_t chips) {
  std::vector<SecretBytes> keys;
  for (std::size_t i = 0; i < std::min(kKeysMade, 2 * chips); ++i)
    keys.push_back(crypto::PrivateKey::generate(crypto::KeyType::rsa_2048).pkcs8());
  Nowhere storage;
  std::vector<std::unique_ptr<card::applet::Chip>> made;
  made.reserve(chips);
  const std::size_t before = resident_bytes();
  for (std::size_t i = 0; i < chips; ++i)
    made.push_back(std::make_unique<card::applet::Chip>(whole_card(keys, i), storage));
  const std::size_t after = resident_bytes();
  const double grown = static_cast<double>(after) - static_cast<double>(before);
  return {chips, grown / static_cast<double>(std::max<std::size_t>(chips, 1)), static_cast<double>(after)};
}

}  // namespace shomei::app
