// Object identifiers, held as their DER content octets, so that comparing is comparing bytes.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::der {

class Oid {
 public:
  Oid() = default;
  // From "1.2.840.113549"; stops the process when the text is wrong: for constants in our own code.
  explicit Oid(std::string_view dotted);
  // malformed "oid_form".
  static Result<Oid> parse_dotted(std::string_view dotted);
  static Result<Oid> parse_content(ByteView content);  // X.690 8.19, shortest form only

  const Bytes& content() const { return content_; }
  std::string dotted() const;
  auto operator<=>(const Oid&) const = default;

 private:
  Bytes content_;
};

}  // namespace shomei::der
