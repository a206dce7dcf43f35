// ISO/IEC 7816-4, as jpki-facts 1.4 has them. READ BINARY: P1 P2 are a 15-bit offset, or P1 names the file
// and P2 is the offset. READ RECORD: the one record of a file. GET DATA: what the card says of itself before
// any application is selected.
#include <algorithm>
#include <utility>

#include "card/applet/interior.h"
#include "card/issuer_tags.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kNamesTheFile = 0x80;
constexpr std::uint8_t kThatRecord = 0x04;  // the lowest three bits of READ RECORD's P2
constexpr FileId kAtrTag = 0x5F51;

// All of it: who asks for less is told that the length is wrong, and asks again.
Answer whole(const Bytes& content, std::uint32_t le) {
  if (content.empty()) return sw::kReferenceNotFound;
  if (le < content.size()) return sw::kWrongLength;
  return Answer(content);
}

Bytes card_data(const Interior& chip, FileId tag) {
  if (tag == kAtrTag) return to_bytes(ByteView(chip.settings.atr).subspan(1));
  if (tag == issuer_tag::kAttestationCertificate)
    return chip.state.factory ? chip.state.factory->attestation_certificate : Bytes{};
  return chip.state.file({ApplicationId::issuer_domain, tag});
}

// Most cards are never asked for it, and a key pair is the dearest thing that a card makes.
bool make_session_key(Interior& chip) {
  ChipState next = chip.state;
  next.session_key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  return chip.keep(std::move(next));
}

Answer read_from(Interior& chip, const FileEntry& file, std::size_t offset, std::size_t le) {
  if (file.content == Content::unknown) return sw::kSecurityStatus;
  if (file.reading == Reading::never || file.content == Content::records) return sw::kWrongFileType;
  if (!chip.may_read(file)) return sw::kSecurityStatus;
  if (file.content == Content::session_key && !chip.state.session_key && !make_session_key(chip))
    return sw::kMemoryFailure;
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

Answer read_record(Interior& chip, const Command& command) {
  if (!command.data.empty() || !command.le) return sw::kWrongLength;
  if ((command.p2 & 0x07) != kThatRecord) return sw::kWrongParameters;
  const auto file = chip.refer(static_cast<std::uint8_t>(kCurrentFile | command.p2 >> 3));
  if (!file) return file.error();
  if ((*file)->content != Content::records) return sw::kWrongFileType;
  if (!chip.may_read(**file)) return sw::kSecurityStatus;
  const Bytes record = content_of(chip, **file);
  if (command.p1 != 1 || record.empty()) return sw::kRecordNotFound;
  return whole(record, *command.le);
}

Answer get_data(Interior& chip, const Command& command) {
  if (!command.data.empty() || !command.le) return sw::kWrongLength;
  return whole(card_data(chip, static_cast<FileId>(command.p1 << 8 | command.p2)), *command.le);
}

}  // namespace shomei::card::applet
