#include "card/contents/tlv.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::card::contents {
namespace {

constexpr std::uint8_t kLongTag = 0x1F;
constexpr std::size_t kLengthBytesMax = 3;
constexpr std::size_t kShortLengthMax = 0x7F;

// Tag octets at `at`, which moves behind them.
Result<Tag> take_tag(ByteView bytes, std::size_t& at) {
  if (bytes.empty()) return bad_content("an object is missing");
  const std::uint8_t first = bytes[at++];
  if ((first & kLongTag) != kLongTag) return Tag{first};
  if (at >= bytes.size()) return bad_content("a tag is cut off");
  const std::uint8_t second = bytes[at++];
  if (second & 0x80) return bad_content("a tag of more than two bytes");
  return static_cast<Tag>(first << 8 | second);
}

Result<std::size_t> take_length(ByteView bytes, std::size_t& at) {
  if (at >= bytes.size()) return bad_content("a length is missing");
  const std::uint8_t first = bytes[at++];
  if (first <= kShortLengthMax) return std::size_t{first};
  const std::size_t count = first & 0x7F;
  if (count == 0 || count > kLengthBytesMax) return bad_content("a length of no known form");
  if (bytes.size() - at < count) return bad_content("a length is cut off");
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | bytes[at++];
  return length;
}

bool is_filler(ByteView bytes) {
  return std::ranges::all_of(bytes, [](auto byte) { return byte == 0xFF || byte == 0x00; });
}

}  // namespace

Error bad_content(std::string_view what) {
  return malformed("card_content_form", {{"what", std::string(what)}}, "ISO/IEC 7816-4 6.3");
}

Result<Object> take_object(ByteView bytes) {
  std::size_t at = 0;
  SHOMEI_TRY(const auto tag, take_tag(bytes, at));
  SHOMEI_TRY(const auto length, take_length(bytes, at));
  if (bytes.size() - at < length) return bad_content("an object is longer than what holds it");
  return Object{tag, bytes.subspan(at, length), bytes.first(at + length)};
}

Result<Object> parse_file(ByteView file, Tag tag) {
  SHOMEI_TRY(const auto object, take_object(file));
  if (object.tag != tag) return bad_content("the file has another tag");
  if (!is_filler(file.subspan(object.whole.size()))) return bad_content("bytes follow where filler stands");
  return object;
}

Result<std::vector<Object>> parse_objects(ByteView bytes) {
  std::vector<Object> objects;
  while (!bytes.empty()) {
    if (objects.size() == kObjectsMax) return bad_content("too many objects");
    SHOMEI_TRY(const auto object, take_object(bytes));
    bytes = bytes.subspan(object.whole.size());
    objects.push_back(object);
  }
  return objects;
}

Bytes encode_object(Tag tag, ByteView value) {
  SHOMEI_INVARIANT(value.size() <= 0xFFFF);
  Bytes object;
  if (tag > 0xFF) object.push_back(static_cast<std::uint8_t>(tag >> 8));
  object.push_back(static_cast<std::uint8_t>(tag));
  if (value.size() > kShortLengthMax) object.push_back(value.size() > 0xFF ? 0x82 : 0x81);
  if (value.size() > 0xFF) object.push_back(static_cast<std::uint8_t>(value.size() >> 8));
  object.push_back(static_cast<std::uint8_t>(value.size()));
  append(object, value);
  return object;
}

Result<Fields> Fields::parse(ByteView file, Tag outer) {
  SHOMEI_TRY(const auto whole, parse_file(file, outer));
  SHOMEI_TRY(auto objects, parse_objects(whole.value));
  for (auto one = objects.begin(); one != objects.end(); ++one)
    if (std::any_of(objects.begin(), one, [&](const Object& before) { return before.tag == one->tag; }))
      return bad_content("a tag stands there twice");
  Fields fields;
  fields.file_ = file.data();
  fields.value_ = whole.value.data();
  fields.objects_ = std::move(objects);
  return fields;
}

std::optional<Object> Fields::find(Tag tag) const {
  const auto found = std::ranges::find(objects_, tag, &Object::tag);
  if (found == objects_.end()) return std::nullopt;
  return *found;
}

Result<Object> Fields::object(Tag tag) const {
  const auto found = find(tag);
  if (!found) return bad_content("a part is missing");
  return *found;
}

Result<ByteView> Fields::value(Tag tag) const {
  SHOMEI_TRY(const auto found, object(tag));
  return found.value;
}

Result<Bytes> Fields::between(Tag first, Tag end) const {
  SHOMEI_TRY(const auto from, object(first));
  SHOMEI_TRY(const auto to, object(end));
  if (to.whole.data() < from.whole.data()) return bad_content("parts stand in another order");
  return Bytes(from.whole.data(), to.whole.data());
}

std::size_t Fields::offset_in_file(const Object& object) const {
  return static_cast<std::size_t>(object.whole.data() - file_);
}

std::size_t Fields::offset_in_value(const Object& object) const {
  return static_cast<std::size_t>(object.whole.data() - value_);
}

}  // namespace shomei::card::contents
