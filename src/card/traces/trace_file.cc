#include "card/traces/trace_file.h"

#include <algorithm>

#include "card/apdu.h"

namespace shomei::card::traces {
namespace {

constexpr std::size_t kStepsMax = 100'000;
constexpr std::size_t kCommandBytesMax = 65'544;
constexpr std::size_t kAnswerBytesMax = 65'538;
constexpr std::string_view kPin = "[pin]";
constexpr std::string_view kMaskedByte = "**";

Error bad_form(std::size_t line, std::string_view what) {
  return malformed("card_trace_form", {{"line", std::to_string(line)}, {"what", std::string(what)}});
}

// Nothing when it is not two characters a byte.
std::optional<Masked> read_masked(std::string_view text, std::size_t bytes_max) {
  if (text.size() % 2 != 0 || text.size() / 2 > bytes_max) return std::nullopt;
  Masked masked;
  for (; !text.empty(); text.remove_prefix(2)) {
    const bool hidden = text.substr(0, 2) == kMaskedByte;
    const auto byte = hidden ? Result<Bytes>(Bytes{0}) : from_hex(text.substr(0, 2));
    if (!byte) return std::nullopt;
    masked.bytes.push_back(byte->front());
    masked.hidden.push_back(hidden);
  }
  return masked;
}

// A command begins with its header, which is never masked.
bool has_header(const Masked& command) {
  return command.bytes.size() >= kHeaderBytes &&
         std::none_of(command.hidden.begin(), command.hidden.begin() + kHeaderBytes,
                      [](bool h) { return h; });
}

class TraceReader {
 public:
  Result<void> take(std::string_view line, std::size_t number) {
    if (line.starts_with("# CTRL") || line == "*") return add({.power = true, .line = number});
    if (line.empty() || line.front() == '#') return {};
    if (line.starts_with("> ")) return take_command(line.substr(2), number);
    if (line.starts_with("< ")) return take_answer(line.substr(2), number);
    return bad_form(number, "a line begins with >, <, * or #");
  }
  std::vector<Step> steps() && { return std::move(steps_); }

 private:
  Result<void> add(Step step) {
    if (steps_.size() == kStepsMax) return bad_form(step.line, "too many steps");
    steps_.push_back(std::move(step));
    return {};
  }
  Result<void> take_command(std::string_view text, std::size_t number) {
    Step step{.pin = text.ends_with(kPin), .line = number};
    if (step.pin) text.remove_suffix(kPin.size());
    auto command = read_masked(text, kCommandBytesMax);
    if (!command || !has_header(*command)) return bad_form(number, "no command");
    if (step.pin && command->bytes.size() != kHeaderBytes) return bad_form(number, "no header before [pin]");
    step.command = *std::move(command);
    return add(std::move(step));
  }
  Result<void> take_answer(std::string_view text, std::size_t number) {
    if (steps_.empty() || steps_.back().power || steps_.back().answer)
      return bad_form(number, "an answer without a command");
    auto answer = read_masked(text, kAnswerBytesMax);
    if (!answer || answer->bytes.size() < 2 || answer->hidden.back() || *(answer->hidden.end() - 2))
      return bad_form(number, "no answer");
    steps_.back().answer = std::move(answer);
    return {};
  }

  std::vector<Step> steps_;
};

}  // namespace

Masked Masked::plain(ByteView bytes) {
  return {to_bytes(bytes), std::vector<bool>(bytes.size(), false)};
}

Masked Masked::all_hidden(std::size_t bytes) {
  return {Bytes(bytes), std::vector<bool>(bytes, true)};
}

bool Masked::has_hidden() const {
  return std::ranges::find(hidden, true) != hidden.end();
}

bool Step::operator==(const Step& other) const {
  return power == other.power && command == other.command && pin == other.pin && answer == other.answer;
}

Result<std::vector<Step>> parse_trace(std::string_view text) {
  if (text.size() > kTraceBytesMax) return bad_form(1, "over 64 MiB");
  TraceReader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    SHOMEI_CHECK(reader.take(line, number));
  }
  return std::move(reader).steps();
}

std::string encode_masked(const Masked& masked) {
  std::string text;
  for (std::size_t i = 0; i < masked.bytes.size(); ++i)
    text += masked.hidden[i] ? std::string(kMaskedByte) : to_hex(ByteView(masked.bytes).subspan(i, 1));
  return text;
}

std::string encode_step(const Step& step) {
  if (step.power) return "*\n";
  std::string text = "> " + encode_masked(step.command) + (step.pin ? std::string(kPin) : "") + "\n";
  if (step.answer) text += "< " + encode_masked(*step.answer) + "\n";
  return text;
}

std::string encode_trace(const std::vector<Step>& steps) {
  std::string text(kTraceHeading);
  for (const auto& step : steps) text += encode_step(step);
  return text;
}

}  // namespace shomei::card::traces
