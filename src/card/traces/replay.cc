#include "card/traces/replay.h"

#include <algorithm>

#include "card/apdu.h"
#include "card/application.h"
#include "card/client/terminal.h"
#include "card/instruction.h"
#include "card/traces/mask.h"

namespace shomei::card::traces {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kGetDataOdd = 0xCB;
constexpr std::uint8_t kReadRecord = 0xB2;
// What reads and nothing else. VERIFY without data costs no try.
constexpr std::array<std::uint8_t, 7> kReads{
    ins::kSelect, ins::kReadBinary,   kReadRecord,           kGetData,
    kGetDataOdd,  ins::kGetChallenge, ins::kComputeSignature};

std::string shown(const std::optional<Masked>& answer) {
  if (!answer) return {};
  const auto text = encode_step({.command = Masked::plain(Bytes(kHeaderBytes)), .answer = answer});
  const auto at = text.find("< ") + 2;
  return text.substr(at, text.size() - at - 1);
}

bool is_verify(const Step& step) {
  return step.command.bytes[1] == ins::kVerify && (step.pin || step.command.bytes.size() > kHeaderBytes);
}

bool may_send(const Step& step) {
  const auto& bytes = step.command.bytes;
  if (step.pin || step.command.has_hidden()) return false;
  if (bytes[0] != kIsoClass && bytes[0] != kOwnClass) return false;
  if (bytes[1] == ins::kVerify) return bytes.size() == kHeaderBytes;
  return std::ranges::find(kReads, bytes[1]) != kReads.end() && parse_command(bytes).has_value();
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

// Which PIN a VERIFY means: by the file that was selected, or by its short name in P2.
class SelectedPin {
 public:
  void follow(const Step& step) {
    const auto& bytes = step.command.bytes;
    if (bytes[1] != ins::kSelect || step.command.has_hidden()) return;
    const auto command = parse_command(bytes);
    if (!command) return;
    if (command->p1 == 0x04) {
      const auto* found = find_application(command->data);
      in_jpki_ = found && found->id == ApplicationId::jpki;
      file_ = 0;
    } else if (command->data.size() == 2) {
      file_ = static_cast<FileId>(command->data[0] << 8 | command->data[1]);
    }
  }
  std::optional<Kind> kind(const Step& step) const {
    if (!in_jpki_) return std::nullopt;
    const auto reference = step.command.bytes[3];
    for (const Kind kind : kKinds)
      if (reference == short_reference(pin_file(kind)) ||
          (reference == kCurrentFile && file_ == pin_file(kind)))
        return kind;
    return std::nullopt;
  }

 private:
  bool in_jpki_ = false;
  FileId file_ = 0;
};

// The caller's PIN in place of the trace's, by the client's own words.
Result<bool> verify(const Step& step, std::optional<Kind> kind, Transport& card,
                    const ReplayOptions& options) {
  if (!kind || !options.pins[index_of(*kind)]) return false;
  const auto verified = client::Terminal(card).verify(*kind, *options.pins[index_of(*kind)]);
  if (!verified) return verified.error();
  return step.answer.has_value();
}

}  // namespace

std::string_view name(Stop stop) {
  static constexpr std::array<std::string_view, 3> kNames{"none", "pin_needed", "not_sent"};
  return kNames[static_cast<std::size_t>(stop)];
}

Result<Outcome> replay(const std::vector<Step>& trace, Transport& card, const ReplayOptions& options) {
  Outcome outcome;
  SelectedPin selected;
  const auto stopped = [&](Stop why, const Step& step) {
    outcome.stop = why;
    outcome.stopped_line = step.line;
    return outcome;
  };
  for (const auto& step : trace) {
    if (step.power) continue;
    selected.follow(step);
    std::optional<Masked> found;
    if (is_verify(step)) {
      SHOMEI_TRY(const bool sent, verify(step, selected.kind(step), card, options));
      if (!sent) return stopped(Stop::pin_needed, step);
      found = Masked::plain(Bytes{0x90, 0x00});
    } else if (may_send(step)) {
      SHOMEI_TRY(const auto answer, card.transmit(step.command.bytes));
      found = Masked::plain(answer);
      if (answer.size() < 2) found.reset();
    } else {
      return stopped(Stop::not_sent, step);
    }
    if (!same_answer(step, found, options.words_only)) {
      outcome.difference = difference_at(step, found);
      return outcome;
    }
    ++outcome.compared;
  }
  return outcome;
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
