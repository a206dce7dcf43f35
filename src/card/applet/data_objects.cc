#include <algorithm>

#include "card/applet/issuer_commands.h"
#include "card/issuer_tags.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

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
    case issuer_tag::kApplication:
      return put_application(objects.application, content);
    case issuer_tag::kFile:
      return put_u16(objects.file, content);
    case issuer_tag::kOffset:
      return put_u16(objects.offset, content);
    case issuer_tag::kTotal:
      return put_u16(objects.total, content);
    case issuer_tag::kData:
      return put(objects.data, content);
    case issuer_tag::kChallenge:
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
