#include "issuer/session.h"

#include <utility>

#include "card/application.h"
#include "card/instruction.h"
#include "card/issuer_tags.h"
#include "crypto/random.h"
#include "issuer/refusal.h"

namespace shomei::issuer {
namespace {

using card::Command;

constexpr std::size_t kChallengeBytes = 8;
constexpr std::size_t kGreetings = 3;  // SELECT, GET DATA, INITIALIZE UPDATE

Bytes raw(const Command& command) {
  return to_bytes(card::encode_command(command).reveal());
}

Command select_domain() {
  return {.ins = card::ins::kSelect,
          .p1 = card::kSelectApplication,
          .p2 = card::kSelectWithoutAnswer,
          .data = card::kIssuerDomain};
}

Command get_attestation_certificate() {
  return {.cla = card::kOwnClass,
          .ins = card::ins::kGetData,
          .p1 = card::issuer_tag::kAttestationCertificate >> 8,
          .p2 = card::issuer_tag::kAttestationCertificate & 0xFF,
          .le = card::kExtendedAnswerMax};
}

}  // namespace

Commands Session::open(Script then) {
  script_ = std::move(then);
  said_ = 0;
  heard_.clear();
  channel_ = card::channel::HostChannel::begin(keys_, crypto::random_bytes(kChallengeBytes),
                                               {.domain = to_bytes(ByteView(card::kIssuerDomain))});
  state_ = State::greeting;
  expected_ = kGreetings;
  return {raw(select_domain()), raw(get_attestation_certificate()),
          to_bytes(channel_->initialize_update().reveal())};
}

Result<Commands> Session::say(Script script) {
  if (!ready()) return refused("channel_closed");
  script_ = std::move(script);
  said_ = 0;
  heard_.clear();
  state_ = State::talking;
  auto commands = go_on();
  if (!commands) close();
  return commands;
}

Result<Commands> Session::take(const std::vector<Bytes>& raw_answers) {
  auto next = judged(raw_answers);
  if (!next) close();
  return next;
}

// What went wrong on the way leaves a card of which nothing is known: nothing is said to it in that channel
// any more.
void Session::close() {
  state_ = State::idle;
  channel_.reset();
}

Result<Commands> Session::judged(const std::vector<Bytes>& raw_answers) {
  const State before = std::exchange(state_, State::idle);
  if (before == State::idle || raw_answers.size() != expected_) return malformed("answers_count");
  if (before == State::greeting) return greeted(raw_answers);
  SHOMEI_TRY(auto answer, channel_->unwrap(raw_answers.front()));
  if (before == State::talking) SHOMEI_CHECK(hear(std::move(answer)));
  state_ = State::talking;
  return go_on();
}

// An error's word carries no proof that the card said it: the command may have been carried out, or never
// have come. What follows it in the script was meant for a card of which more is known.
Result<void> Session::hear(card::Answer answer) {
  if (answer.word != card::sw::kDone) return unexpected(script_.commands[said_ - 1].view(), answer.word);
  heard_.push_back(std::move(answer));
  return {};
}

Result<Commands> Session::greeted(const std::vector<Bytes>& raw_answers) {
  const Command asked[kGreetings] = {select_domain(),
                                     get_attestation_certificate(),
                                     {.cla = card::kOwnClass, .ins = card::ins::kInitializeUpdate}};
  std::vector<card::Answer> answers;
  for (std::size_t i = 0; i < kGreetings; ++i) {
    SHOMEI_TRY(auto answer, card::parse_answer(raw_answers[i]));
    // A card of an earlier version, or of somebody else's, has no domain to open, or no keys for it.
    if (answer.word != card::sw::kDone) return not_our_card(asked[i], answer.word);
    answers.push_back(std::move(answer));
  }
  attestation_certificate_ = std::move(answers[1].data);
  SHOMEI_TRY(const auto authenticate,
             channel_->external_authenticate(answers[2].data, card::channel::Level::all));
  state_ = State::authenticating;
  expected_ = 1;
  return Commands{to_bytes(authenticate.reveal())};
}

Result<Commands> Session::go_on() {
  while (said_ == script_.commands.size()) {
    if (!script_.then) {
      state_ = State::idle;
      return Commands{};
    }
    SHOMEI_TRY(script_, script_.then(std::exchange(heard_, {})));
    said_ = 0;
  }
  SHOMEI_TRY(const auto wrapped, channel_->wrap(script_.commands[said_].view()));
  ++said_;
  expected_ = 1;
  return Commands{to_bytes(wrapped.reveal())};
}

}  // namespace shomei::issuer
