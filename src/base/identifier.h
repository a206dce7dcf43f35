// Identifiers that mean nothing: 8 to 64 of a-z, 0-9 and '-'. Each noun has a type of its own, so that a card
// cannot be passed where a resident is meant.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei {

bool is_identifier(std::string_view text);

template <class Noun>
class Identifier {
 public:
  Identifier() = default;  // empty: names nothing
  // malformed "identifier_form".
  static Result<Identifier> parse(std::string_view text) {
    if (!is_identifier(text)) return malformed("identifier_form", {{"text", std::string(text)}});
    Identifier id;
    id.text_ = text;
    return id;
  }
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  auto operator<=>(const Identifier&) const = default;

 private:
  std::string text_;
};

using ResidentId = Identifier<struct ResidentNoun>;
using CardId = Identifier<struct CardNoun>;
using OfficeId = Identifier<struct OfficeNoun>;
using ActId = Identifier<struct ActNoun>;          // one act, one to three journal entries
using RequestId = Identifier<struct RequestNoun>;  // made by the caller: the same request is carried out once

}  // namespace shomei
