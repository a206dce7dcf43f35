// SELECT (ISO/IEC 7816-4; jpki-facts 1.4): an application by its name or the beginning of it, then a
// file.
#include <utility>

#include "base/bytes.h"
#include "card/applet/interior.h"
#include "card/instruction.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kByMasterFile = 0x00;
constexpr std::uint8_t kWithFci = 0x00;
constexpr der::Tag kFciTemplate = 0x6F;
constexpr der::Tag kApplicationName = 0x84;

Answer select_application(Interior& chip, const Command& command) {
  const ByteView prefix = command.data;
  if (prefix.empty() || prefix.size() > kApplicationNameBytesMax) return sw::kWrongLength;
  const ApplicationEntry* found = find_application(prefix);
  if (!found) return sw::kFileNotFound;
  Bytes fci;
  if (command.p2 == kWithFci && command.le)
    fci = der::constructed(kFciTemplate, {der::encode(kApplicationName, found->name)});
  if (fci.size() > command.le.value_or(0)) return sw::kWrongLength;
  chip.select(found->id);
  return Answer(std::move(fci));
}

Answer select_file(Interior& chip, const Command& command) {
  if (command.data.size() != 2) return sw::kWrongLength;
  const auto application = chip.file_system();
  if (!application) return application.error();
  const FileEntry* file =
      find_file(*application, static_cast<FileId>(command.data[0] << 8 | command.data[1]));
  if (!file || chip.hidden(*file)) return sw::kFileNotFound;
  chip.session.file = file;
  return sw::kDone;
}

// Measured on test cards: there is no master file to go to, but inside an application asking is harmless.
Answer select_master_file(const Interior& chip, const Command& command) {
  if (!command.data.empty()) return sw::kFileNotFound;
  return chip.session.application ? sw::kDone : sw::kWrongParameters;
}

}  // namespace

Answer select(Interior& chip, const Command& command) {
  if (command.p2 != kWithFci && command.p2 != kSelectWithoutAnswer) return sw::kWrongParameters;
  switch (command.p1) {
    case kSelectApplication:
      return select_application(chip, command);
    case kSelectFile:
      return select_file(chip, command);
    case kByMasterFile:
      return select_master_file(chip, command);
    default:
      return sw::kWrongParameters;
  }
}

}  // namespace shomei::card::applet
