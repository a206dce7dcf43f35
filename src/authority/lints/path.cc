#include "authority/lints/path.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kLengthBytesMax = 4;

}  // namespace

std::optional<Taken> take_value(ByteView& rest) {
  if (rest.size() < 2 || (rest[0] & 0x1F) == 0x1F) return std::nullopt;
  std::size_t at = 2;
  std::size_t length = rest[1];
  bool shortest = true;
  if (length >= 0x80) {
    const std::size_t count = length & 0x7F;
    if (count == 0 || count > kLengthBytesMax || rest.size() - at < count) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8 | rest[at++];
    shortest = length >= 0x80 && length >> (8 * (count - 1)) != 0;
  }
  if (rest.size() - at < length) return std::nullopt;
  const Taken taken{{rest[0], rest.subspan(at, length), rest.first(at + length)}, shortest};
  rest = rest.subspan(at + length);
  return taken;
}

std::optional<der::Value> Path::any() {
  if (lost_) return std::nullopt;
  const auto taken = take_value(rest_);
  if (!taken) {
    lost_ = true;
    return std::nullopt;
  }
  return taken->value;
}

Path Path::in(der::Tag tag) {
  Path inner(take(tag));
  inner.lost_ = lost_;
  return inner;
}

ByteView Path::take(der::Tag tag) {
  if (!next_is(tag)) {
    lost_ = true;
    return {};
  }
  const auto value = any();
  return value ? value->content : ByteView{};
}

ByteView Path::whole(der::Tag tag) {
  const ByteView before = rest_;
  take(tag);
  return lost_ ? ByteView{} : before.first(before.size() - rest_.size());
}

}  // namespace shomei::authority::lints
