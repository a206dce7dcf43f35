// Commands and answers as values (ISO/IEC 7816-4 section 5.1 to 5.3): cases 1 to 4, short and extended.
// A command's data is borrowed: it lives as long as the bytes that it was made from.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/status_word.h"

namespace shomei::card {

inline constexpr std::size_t kHeaderBytes = 4;  // class, instruction, P1, P2
inline constexpr std::uint32_t kShortAnswerMax = 256;
inline constexpr std::uint32_t kExtendedAnswerMax = 65'536;
inline constexpr std::size_t kShortDataMax = 255;
inline constexpr std::size_t kExtendedDataMax = 65'535;

struct Command {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  ByteView data = {};                    // empty: no Lc
  std::optional<std::uint32_t> le = {};  // 1 to 65,536; none: no Le
};

// malformed "apdu_form": shorter than four bytes, or the lengths contradict each other.
Result<Command> parse_command(ByteView bytes);
// Short wherever that is enough. In one buffer, because the data may be a PIN.
SecretBytes encode_command(const Command& command);

struct Answer {
  StatusWord word = sw::kDone;
  Bytes data = {};

  Answer() = default;
  Answer(StatusWord status) : word(status) {}  // NOLINT: `return sw::kWrongLength;` is the point
  explicit Answer(Bytes content) : data(std::move(content)) {}
};

Bytes encode_answer(const Answer& answer);
// malformed "apdu_form" for fewer than two bytes.
Result<Answer> parse_answer(ByteView bytes);

}  // namespace shomei::card
