#include "issuer/card_status.h"

#include <algorithm>

#include "card/status_tags.h"
#include "der/reader.h"

namespace shomei::issuer {
namespace {

constexpr std::size_t kStatusBytesMax = 8 * 1024;
constexpr std::uint8_t kOperational = 1;
constexpr std::size_t kFileIdBytes = 2;
constexpr std::size_t kPinHeaderBytes = 2;

Error bad(std::string_view what) {
  return malformed("card_status_form", {{"what", std::string(what)}});
}

std::optional<std::uint8_t> single(ByteView content) {
  return content.size() == 1 ? std::optional{content[0]} : std::nullopt;
}

card::FileId file_id(ByteView content) {
  return static_cast<card::FileId>(content[0] << 8 | content[1]);
}

bool take_kind(CardStatus& status, ByteView content) {
  const auto value = single(content);
  if (!value || *value >= card::kCardKinds.size()) return false;
  status.kind = card::kCardKinds[*value];
  return true;
}

bool take_serial(CardStatus& status, ByteView content) {
  if (content.size() != status.token_serial.size()) return false;
  std::ranges::copy(content, status.token_serial.begin());
  return true;
}

bool take_pin(CardStatus& status, ByteView content) {
  if (content.size() < kPinHeaderBytes || content[0] >= card::kPinCount) return false;
  const PinStatus pin{content[1], to_bytes(content.subspan(kPinHeaderBytes))};
  return status.pins.emplace(card::kPins[content[0]].id, pin).second;
}

bool take_file(CardStatus& status, ByteView content) {
  crypto::Sha256 hash{};
  if (content.size() != 1 + kFileIdBytes + hash.size() || content[0] >= card::kApplicationCount) return false;
  std::ranges::copy(content.last(hash.size()), hash.begin());
  const auto application = static_cast<card::ApplicationId>(content[0]);
  return status.files.emplace(std::pair{application, file_id(content.subspan(1))}, hash).second;
}

bool take_key(std::map<card::Kind, crypto::Sha256>& keys, ByteView content) {
  crypto::Sha256 hash{};
  if (content.size() != kFileIdBytes + hash.size()) return false;
  std::ranges::copy(content.last(hash.size()), hash.begin());
  const auto kind = std::ranges::find(card::kKinds, file_id(content), card::key_file);
  return kind != card::kKinds.end() && keys.emplace(*kind, hash).second;
}

bool take(CardStatus& status, const der::Value& object) {
  switch (object.tag) {
    case card::status_tag::kPhase:
      status.operational = single(object.content) == kOperational;
      return single(object.content).has_value();
    case card::status_tag::kCardKind:
      return take_kind(status, object.content);
    case card::status_tag::kTokenSerial:
      return take_serial(status, object.content);
    case card::status_tag::kPin:
      return take_pin(status, object.content);
    case card::status_tag::kFile:
      return take_file(status, object.content);
    case card::status_tag::kPendingKey:
      return take_key(status.pending_keys, object.content);
    case card::status_tag::kKey:
      return take_key(status.keys, object.content);
    default:
      return true;  // of a later card
  }
}

}  // namespace

bool CardStatus::holds(card::Kind of, const crypto::Sha256& certificate) const {
  const auto file = files.find({card::ApplicationId::jpki, card::certificate_file(of)});
  return file != files.end() && file->second == certificate;
}

bool CardStatus::has_pending(card::Kind of, const crypto::Sha256& key) const {
  const auto pending = pending_keys.find(of);
  return pending != pending_keys.end() && pending->second == key;
}

Result<CardStatus> parse_card_status(ByteView answer) {
  if (answer.size() > kStatusBytesMax) return bad("too long");
  CardStatus status;
  der::Reader objects(answer);
  bool has_phase = false, has_kind = false, has_serial = false;
  while (!objects.done()) {
    const auto object = objects.take();
    if (!object) return bad("it is no list of objects");
    if (!take(status, *object)) return bad("the object " + to_hex_upper(Bytes{object->tag}));
    has_phase |= object->tag == card::status_tag::kPhase;
    has_kind |= object->tag == card::status_tag::kCardKind;
    has_serial |= object->tag == card::status_tag::kTokenSerial;
  }
  if (!has_phase || !has_kind || !has_serial) return bad("phase, kind or number is missing");
  return status;
}

}  // namespace shomei::issuer
