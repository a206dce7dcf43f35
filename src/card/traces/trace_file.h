// A recorded dialogue as a value and as text (docs/formats/card-trace.md): `>` a command, `<` its answer,
// both in hexadecimal, in which ** stands for a byte that was masked and [pin] for the length and the digits
// of a PIN; `*` the card was powered or reset; `#` a remark. Read strictly: it may come from anyone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card::traces {

// Bytes of which some are not told.
struct Masked {
  Bytes bytes = {};
  std::vector<bool> hidden = {};  // as many as bytes; a hidden byte is 0

  static Masked plain(ByteView bytes);
  static Masked all_hidden(std::size_t bytes);
  bool has_hidden() const;
  bool operator==(const Masked&) const = default;
};

inline constexpr std::size_t kTraceBytesMax = 64 * 1024 * 1024;

struct Step {
  bool power = false;  // the card was powered or reset; nothing else is set then
  Masked command = {};
  bool pin = false;                          // behind the command's header stood a PIN
  std::optional<Masked> answer = {};         // none: the card was gone
  std::size_t line = 0;                      // of the file it was read from
  bool operator==(const Step& other) const;  // whatever the lines
};

// malformed "card_trace_form" (line, what): at most 64 MiB and 100,000 steps, an answer needs a command.
Result<std::vector<Step>> parse_trace(std::string_view text);
std::string encode_masked(const Masked& masked);
// One step, with its line feeds.
std::string encode_step(const Step& step);
std::string encode_trace(const std::vector<Step>& steps);

// The first line of a file that this program writes.
inline constexpr std::string_view kTraceHeading = "# shomei card trace 1\n";

}  // namespace shomei::card::traces
