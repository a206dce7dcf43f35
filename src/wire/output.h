// Where answers are appended, one behind the other, until they are sent together. Of one loop, and of its
// thread alone. It keeps its room: appending allocates nothing once it has been as full before.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"

namespace shomei::wire {

class Output {
 public:
  void append(std::string_view more) {
    SHOMEI_INVARIANT(!shared_);
    bytes_.append(more);
  }
  void append(ByteView more) { append({reinterpret_cast<const char*>(more.data()), more.size()}); }
  // The end of an answer. Large content is sent from where it lies, and nothing may be appended behind it
  // before that; little is copied.
  void append(std::shared_ptr<const Bytes> content) {
    if (content->size() <= kCopiedBytesMax) return append(ByteView(*content));
    SHOMEI_INVARIANT(!shared_);
    shared_ = std::move(content);
  }

  std::size_t size() const { return bytes_.size(); }  // without large content
  // Writes over what was appended: a date, a length. The whole of `with` lies before the end.
  void patch(std::size_t at, std::string_view with) {
    SHOMEI_INVARIANT(at <= bytes_.size() && with.size() <= bytes_.size() - at);
    std::copy(with.begin(), with.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  void cut_to(std::size_t size) {
    bytes_.resize(std::min(size, bytes_.size()));
    shared_.reset();
  }

  bool empty() const { return bytes_.empty() && !shared_; }
  std::string_view bytes() const { return bytes_; }
  const std::shared_ptr<const Bytes>& shared() const { return shared_; }
  void clear() {
    bytes_.clear();
    shared_.reset();
    if (bytes_.capacity() > kKeptBytesMax) bytes_.shrink_to_fit();
  }

 private:
  static constexpr std::size_t kCopiedBytesMax = 16 * 1024;
  static constexpr std::size_t kKeptBytesMax = 1024 * 1024;
  std::string bytes_;
  std::shared_ptr<const Bytes> shared_;
};

}  // namespace shomei::wire
