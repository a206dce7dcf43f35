// The BER data objects of which the files are made: tags of one or two bytes, definite lengths of up to three
// bytes in any form, as cards write them. Of this folder alone. Strict about every length; borrows its input.
// All errors are malformed "card_content_form" {what}.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card::contents {

using Tag = std::uint16_t;  // DF21 is the two bytes DF 21

struct Object {
  Tag tag = 0;
  ByteView value;
  ByteView whole;  // with tag and length
};

Error bad_content(std::string_view what);

// The object in front of the bytes.
Result<Object> take_object(ByteView bytes);
// The one of that tag, with nothing but filler (FF or 00) after it: files have a fixed size.
Result<Object> parse_file(ByteView file, Tag tag);
// Objects one after the other, nothing else. At most kObjectsMax.
inline constexpr std::size_t kObjectsMax = 32;
Result<std::vector<Object>> parse_objects(ByteView bytes);

Bytes encode_object(Tag tag, ByteView value);

// The objects inside a file, by tag; a tag stands there once.
class Fields {
 public:
  static Result<Fields> parse(ByteView file, Tag outer);

  Result<ByteView> value(Tag tag) const;
  Result<Object> object(Tag tag) const;
  std::optional<Object> find(Tag tag) const;
  // The objects from `first` up to and without `end`, as they stand there: what a signature is over.
  Result<Bytes> between(Tag first, Tag end) const;
  const std::vector<Object>& all() const { return objects_; }
  // How far into the file the object begins, and how far into the outer value.
  std::size_t offset_in_file(const Object& object) const;
  std::size_t offset_in_value(const Object& object) const;

 private:
  const std::uint8_t* file_ = nullptr;
  const std::uint8_t* value_ = nullptr;
  std::vector<Object> objects_;
};

}  // namespace shomei::card::contents
