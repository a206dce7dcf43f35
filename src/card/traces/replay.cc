#include "card/traces/replay.h"

#include <algorithm>

#include "card/apdu.h"
#include "card/application.h"
#include "card/client/pin_input.h"
#include "card/client/verify.h"
#include "card/instruction.h"
#include "card/traces/mask.h"

namespace shomei::card::traces {
namespace {

// What reads and nothing else. VERIFY without data costs no try.
constexpr std::array<std::uint8_t, 6> kReads{ins::kSelect,  ins::kReadBinary, ins::kReadRecord,
                                             ins::kGetData, ins::kGetDataOdd, ins::kGetChallenge};

std::string shown(const std::optional<Masked>& answer) {
  return answer ? encode_masked(*answer) : std::string();
}

bool is_verify(const Step& step) {
  return step.command.bytes[1] == ins::kVerify && (step.pin || step.command.bytes.size() > kHeaderBytes);
}

bool may_send(const Step& step, const ReplayOptions& options) {
  const auto& bytes = step.command.bytes;
  if (step.pin || step.command.has_hidden()) return false;
  if (bytes[0] != kIsoClass && bytes[0] != kOwnClass) return false;
  if (bytes[1] == ins::kVerify) return bytes.size() == kHeaderBytes;
  const bool reads = std::ranges::find(kReads, bytes[1]) != kReads.end();
  const bool signs = bytes[1] == ins::kComputeSignature && options.sign;
  return (reads || signs) && parse_command(bytes).has_value();
}

bool changes_each_time(const Step& step) {
  const auto instruction = step.command.bytes[1];
  return instruction == ins::kComputeSignature || instruction == ins::kGetChallenge;
}

bool same_answer(const Step& step, const std::optional<Masked>& found, bool words_only) {
  const auto& expected = step.answer;
  if (!expected || !found) return expected.has_value() == found.has_value();
  const auto word = [](const Masked& answer) { return ByteView(answer.bytes).last(2); };
  if (!equal(word(*expected), word(*found))) return false;
  if (words_only) return true;
  if (expected->bytes.size() != found->bytes.size()) return false;
  if (changes_each_time(step)) return true;
  for (std::size_t i = 0; i < found->bytes.size(); ++i)
    if (!expected->hidden[i] && !found->hidden[i] && expected->bytes[i] != found->bytes[i]) return false;
  return true;
}

// But for what either does not tell: masked bytes, and PINs.
bool same_command(const Step& a, const Step& b) {
  const auto &left = a.command, &right = b.command;
  const auto header = [](const Masked& command) { return ByteView(command.bytes).first(kHeaderBytes); };
  if (!equal(header(left), header(right)) || is_verify(a) != is_verify(b)) return false;
  if (is_verify(a) || a.pin || b.pin) return true;
  if (left.bytes.size() != right.bytes.size()) return false;
  for (std::size_t i = kHeaderBytes; i < left.bytes.size(); ++i)
    if (!left.hidden[i] && !right.hidden[i] && left.bytes[i] != right.bytes[i]) return false;
  return true;
}

Difference difference_at(const Step& step, const std::optional<Masked>& found) {
  return {.line = step.line,
          .command = to_hex(ByteView(step.command.bytes).first(kHeaderBytes)),
          .expected = shown(step.answer),
          .found = shown(found)};
}

// Which PIN a VERIFY means: by the file that was selected, or by its short name in P2. It follows what the
// card took, and forgets the file wherever another may have become the current one.
class SelectedPin {
 public:
  void follow(const Step& step, const Masked& answer) {
    const auto& bytes = step.command.bytes;
    if (bytes[1] != ins::kSelect) {
      const bool current = bytes[1] == ins::kReadBinary ? (bytes[2] & 0x80) == 0 : bytes[3] == kCurrentFile;
      if (!current) file_ = 0;
      return;
    }
    if (!equal(ByteView(answer.bytes).last(2), Bytes{0x90, 0x00})) return;
    file_ = 0;
    const auto command = parse_command(bytes);
    if (!command) return;
    if (command->p1 == kSelectApplication) {
      const auto* found = find_application(command->data);
      in_jpki_ = found && found->id == ApplicationId::jpki;
    } else if (command->p1 != kSelectFile) {
      in_jpki_ = false;
    } else if (command->data.size() == 2) {
      file_ = static_cast<FileId>(command->data[0] << 8 | command->data[1]);
    }
  }
  void power() { *this = {}; }
  std::optional<Kind> kind(const Step& step) const {
    const auto& bytes = step.command.bytes;
    if (!in_jpki_ || bytes[0] != kIsoClass || bytes[2] != 0) return std::nullopt;
    for (const Kind kind : kKinds)
      if (bytes[3] == short_reference(pin_file(kind)) ||
          (bytes[3] == kCurrentFile && file_ == pin_file(kind)))
        return kind;
    return std::nullopt;
  }

 private:
  bool in_jpki_ = false;
  FileId file_ = 0;
};

class Replay {
 public:
  Replay(Transport& card, const ReplayOptions& options) : card_(card), options_(options) {}

  // False: the replay is at its end.
  Result<bool> take(const Step& step) {
    if (step.power) return power();
    std::optional<Masked> found;
    if (is_verify(step)) {
      const auto kind = selected_.kind(step);
      if (kind && !step.answer) return stop(Stop::not_sent, step);  // a try would be spent for nothing
      if (!kind || !options_.pins[index_of(*kind)]) return stop(Stop::pin_needed, step);
      SHOMEI_CHECK(verify(step, *kind));
      found = Masked::plain(Bytes{0x90, 0x00});
    } else if (may_send(step, options_)) {
      SHOMEI_TRY(const auto answer, card_.transmit(step.command.bytes));
      if (answer.size() >= 2) found = Masked::plain(answer);
    } else {
      return stop(Stop::not_sent, step);
    }
    if (found) selected_.follow(step, *found);
    const auto told = to_tell(step, found);
    if (same_answer(step, found, options_.words_only)) {
      ++outcome_.compared;
      return true;
    }
    outcome_.difference = difference_at(step, told);
    return false;
  }
  Outcome outcome() && { return std::move(outcome_); }

 private:
  bool stop(Stop why, const Step& step) {
    outcome_.stop = why;
    outcome_.stopped_line = step.line;
    return false;
  }
  Result<bool> power() {
    selected_.power();
    mask_.power();
    if (options_.power_anew) SHOMEI_CHECK(options_.power_anew());
    return true;
  }
  // The caller's PIN in place of the trace's, in the trace's way.
  Result<void> verify(const Step& step, Kind kind) {
    SHOMEI_TRY(const auto form, client::card_form(kind, *options_.pins[index_of(kind)]));
    return client::give_pin(card_, form.reveal(), step.command.bytes[3]);
  }
  std::optional<Masked> to_tell(const Step& step, const std::optional<Masked>& found) {
    if (!found) return std::nullopt;
    const auto& answer = found->bytes;
    auto told = mask_.apply(step.command.bytes, answer).answer;
    if (told && step.command.bytes[1] == ins::kComputeSignature)
      for (std::size_t i = 0; i + 2 < answer.size(); ++i) told->bytes[i] = 0, told->hidden[i] = true;
    return told;
  }

  Transport& card_;
  const ReplayOptions& options_;
  SelectedPin selected_;
  Mask mask_;
  Outcome outcome_;
};

}  // namespace

std::string_view name(Stop stop) {
  static constexpr std::array<std::string_view, 3> kNames{"none", "pin_needed", "not_sent"};
  return kNames[static_cast<std::size_t>(stop)];
}

Result<Outcome> replay(const std::vector<Step>& trace, Transport& card, const ReplayOptions& options) {
  Replay replay(card, options);
  for (const auto& step : trace) {
    SHOMEI_TRY(const bool goes_on, replay.take(step));
    if (!goes_on) break;
  }
  return std::move(replay).outcome();
}

Outcome compare(const std::vector<Step>& trace, const std::vector<Step>& other,
                const ReplayOptions& options) {
  Outcome outcome;
  auto against = other.begin();
  const auto next = [&]() -> const Step* {
    while (against != other.end() && against->power) ++against;
    return against == other.end() ? nullptr : &*against++;
  };
  for (const auto& step : trace) {
    if (step.power) continue;
    const Step* const there = next();
    const bool same = there && same_command(step, *there);
    if (!same || !same_answer(step, there->answer, options.words_only)) {
      outcome.difference = difference_at(step, there ? there->answer : std::nullopt);
      return outcome;
    }
    ++outcome.compared;
  }
  return outcome;
}

}  // namespace shomei::card::traces
