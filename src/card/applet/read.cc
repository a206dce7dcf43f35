// READ BINARY (ISO/IEC 7816-4 11.3.3): P1 P2 are a 15-bit offset, or P1 names the file and P2 is the offset.
#include <algorithm>

#include "card/applet/interior.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kNamesTheFile = 0x80;

Answer read_from(const Interior& chip, const FileEntry& file, std::size_t offset, std::size_t le) {
  if (file.reading == Reading::never) return sw::kWrongFileType;
  if (file.reading == Reading::needs_pin && !chip.verified(*file.kind)) return sw::kSecurityStatus;
  const Bytes content = content_of(chip, file);
  if (offset >= content.size()) return sw::kWrongOffset;
  // At the end of the file there is less than was asked for, and that is no fault.
  const auto count = std::min(le, content.size() - offset);
  return Answer(to_bytes(ByteView(content).subspan(offset, count)));
}

}  // namespace

Answer read_binary(Interior& chip, const Command& command) {
  if (!command.data.empty() || !command.le) return sw::kWrongLength;
  const bool names_the_file = command.p1 & kNamesTheFile;
  const auto file = chip.refer(names_the_file ? command.p1 : kCurrentFile);
  if (!file) return file.error();
  const std::size_t offset =
      names_the_file ? std::size_t{command.p2} : static_cast<std::size_t>(command.p1 << 8 | command.p2);
  return read_from(chip, **file, offset, *command.le);
}

}  // namespace shomei::card::applet
