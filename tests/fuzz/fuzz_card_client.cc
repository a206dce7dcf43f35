// A malicious card: the input is its answers, each with one byte of length before it (255: 256 bytes more
// than that). Every function of the client is called; a PIN may be sent once a call, and what comes back is
// within its limits.
#include <algorithm>
#include <cstdlib>

#include "base/limits.h"
#include "card/client/error_family.h"
#include "card/client/survey.h"
#include "card/client/terminal.h"
#include "card/instruction.h"

namespace {

using namespace shomei;
using namespace shomei::card;

constexpr std::size_t kLongAnswer = 511;

class MaliciousCard final : public Transport {
 public:
  explicit MaliciousCard(ByteView answers) : rest_(answers) {}

  Result<Bytes> transmit(ByteView command) override {
    if (command.size() > 5 && command[1] == ins::kVerify) ++pins;
    if (rest_.empty()) return unavailable("card_gone");
    const std::size_t told = rest_[0] == 0xFF ? kLongAnswer : rest_[0];
    const auto answer = rest_.subspan(1, std::min(told, rest_.size() - 1));
    rest_ = rest_.subspan(1 + answer.size());
    return to_bytes(answer);
  }
  int pins = 0;

 private:
  ByteView rest_;
};

void expect(bool holds) {
  if (!holds) std::abort();
}

template <class T>
void look_at(const Result<T>& result) {
  if (!result) (void)client::name(client::family_of(result.error()));
}

void ask_everything(client::Terminal& terminal, MaliciousCard& card, Kind kind) {
  const auto pin = SecretBytes::of_text(kind == Kind::signature ? "ABC123" : "1234");
  look_at(terminal.select_jpki());
  look_at(terminal.token_info());
  look_at(terminal.availability());
  look_at(terminal.tries_left(kind));
  const auto certificate = terminal.certificate(kind);
  if (certificate) expect(certificate->size() <= limits::kCertificateBytesMax);
  look_at(terminal.authority_certificate(kind));
  card.pins = 0;
  look_at(terminal.verify(kind, pin));
  expect(card.pins <= 1);
  card.pins = 0;
  look_at(terminal.change_pin(kind, pin, pin));
  expect(card.pins <= 1);
  for (const auto scheme : {Scheme::pad_as_given, Scheme::digest_info, Scheme::pss_digest}) {
    const auto signature = terminal.sign(kind, scheme, Bytes(32));
    if (signature) expect(signature->size() == 256 || signature->size() == 96);
  }
  look_at(terminal.sign_sha256(kind, pin.reveal()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  MaliciousCard card(ByteView(data, size).subspan(1));
  client::Terminal terminal(card);
  const Kind kind = (data[0] & 1) != 0 ? Kind::signature : Kind::user_authentication;
  if ((data[0] & 2) != 0) {
    const auto found = client::survey(card);
    if (found) expect(found->pins.size() <= 2 * kPinCount);
    expect(card.pins == 0);
  }
  ask_everything(terminal, card, kind);
  return 0;
}
