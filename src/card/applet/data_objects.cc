#include <algorithm>

#include "card/applet/issuer_commands.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

constexpr der::Tag kApplicationTag = 0x4F;
constexpr der::Tag kFileTag = 0x51;
constexpr der::Tag kDataTag = 0x53;
constexpr der::Tag kOffsetTag = 0x54;
constexpr der::Tag kTotalTag = 0x80;
constexpr der::Tag kChallengeTag = 0x81;

template <class T>
bool put(std::optional<T>& to, T value) {
  if (to) return false;
  to = value;
  return true;
}

template <class T>
bool put_u16(std::optional<T>& to, ByteView content) {
  return content.size() == 2 && put(to, static_cast<T>(content[0] << 8 | content[1]));
}

bool put_application(std::optional<ApplicationId>& to, ByteView name) {
  const auto all = applications();
  const auto found =
      std::ranges::find_if(all, [name](const ApplicationEntry& entry) { return equal(entry.name, name); });
  return found != all.end() && put(to, found->id);
}

bool take(DataObjects& objects, der::Tag tag, ByteView content) {
  switch (tag) {
    case kApplicationTag:
      return put_application(objects.application, content);
    case kFileTag:
      return put_u16(objects.file, content);
    case kOffsetTag:
      return put_u16(objects.offset, content);
    case kTotalTag:
      return put_u16(objects.total, content);
    case kDataTag:
      return put(objects.data, content);
    case kChallengeTag:
      return put(objects.challenge, content);
    default:
      return false;
  }
}

bool can_have(CardKind card, const FileEntry& file) {
  if (file.content == Content::pin && !file.pin) return false;
  if (file.pin && !has_pins(card) && entry_of(*file.pin).change != HolderChange::never) return false;
  return !file.kind || can_hold(card, *file.kind);
}

}  // namespace

std::optional<DataObjects> parse_data_objects(ByteView bytes) {
  DataObjects objects;
  der::Reader reader(bytes);
  while (!reader.done()) {
    const auto value = reader.take();
    if (!value || !take(objects, value->tag, value->content)) return std::nullopt;
  }
  return objects;
}

OrWord<const FileEntry*> named_file(const Interior& chip, const DataObjects& objects,
                                    std::initializer_list<Content> contents) {
  if (!objects.application || !objects.file) return Refusal(sw::kWrongData);
  const FileEntry* file = find_file(*objects.application, *objects.file);
  if (!file || std::ranges::find(contents, file->content) == contents.end() ||
      !can_have(chip.state.card_kind, *file))
    return Refusal(sw::kReferenceNotFound);
  return file;
}

}  // namespace shomei::card::applet
