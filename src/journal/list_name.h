// ListName: which revocation list. A generation of an authority has one of all its certificates, one of each
// municipality's (the partition that its certificates name as distribution point), and of each of these the
// delta lists. In text: "signature-1", "signature-1/13225", "signature-1/delta", "signature-1/13225/delta".
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei::journal {

struct ListName {
  std::string authority;  // "signature-1"
  std::string partition;  // a municipality's code; empty: the list of all certificates
  bool delta = false;

  std::string text() const;
  static Result<ListName> parse(std::string_view text);  // malformed "list_name_form"
  ListName delta_list() const { return {authority, partition, true}; }
  ListName complete_list() const { return {authority, partition, false}; }
  auto operator<=>(const ListName&) const = default;
};

// Whether a partition can have lists of its own: one to ten digits, as municipality codes are.
bool names_partition(std::string_view text);

}  // namespace shomei::journal
