#include "authority/lints/der_faults.h"

#include <algorithm>
#include <string_view>

#include "authority/lints/path.h"

namespace shomei::authority::lints {
namespace {

constexpr int kDepthMax = 16;
constexpr der::Tag kConstructed = 0x20;
constexpr der::Tag kClass = 0xC0;

constexpr auto kPrintable = [] {
  std::array<bool, 256> table{};
  for (unsigned char c :
       std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?"))
    table[c] = true;
  return table;
}();

bool is_shortest_integer(ByteView c) {
  if (c.empty()) return false;
  return c.size() == 1 || !((c[0] == 0x00 && c[1] < 0x80) || (c[0] == 0xFF && c[1] >= 0x80));
}

bool is_bit_string(ByteView c) {
  if (c.empty() || c[0] > 7) return false;
  if (c.size() == 1) return c[0] == 0;
  return (c.back() & ((1U << c[0]) - 1)) == 0;
}

// Each arc in base 128, the last byte of it below 80, and none beginning with a zero digit.
bool is_oid(ByteView c) {
  if (c.empty() || c.back() >= 0x80) return false;
  bool begins = true;
  for (auto b : c) {
    if (begins && b == 0x80) return false;
    begins = b < 0x80;
  }
  return true;
}

// X.690 11.6: as octet strings, the shorter padded with zeros at its end.
bool is_ascending(ByteView members) {
  ByteView before;
  while (!members.empty()) {
    const auto member = take_value(members);
    if (!member) return true;  // another fault
    if (std::ranges::lexicographical_compare(member->value.whole, before)) return false;
    before = member->value.whole;
  }
  return true;
}

}  // namespace

void DerFaults::look_at(ByteView values) {
  look_inside(values, 0);
}

void DerFaults::look_inside(ByteView values, int depth) {
  while (!values.empty()) {
    const auto taken = take_value(values);
    if (!taken || !taken->shortest || depth == kDepthMax) add(DerFault::header);
    if (!taken || depth == kDepthMax) return;
    look_at_content(taken->value.tag, taken->value.content, depth);
  }
}

void DerFaults::look_at_content(der::Tag tag, ByteView content, int depth) {
  if (tag & kConstructed) {
    const bool universal = (tag & kClass) == 0;
    if (universal && tag != der::kSequence && tag != der::kSet) add(DerFault::header);
    if (tag == der::kSet && !is_ascending(content)) add(DerFault::set_order);
    return look_inside(content, depth + 1);
  }
  switch (tag) {
    case der::kInteger:
      if (!is_shortest_integer(content)) add(DerFault::integer);
      break;
    case der::kBoolean:
      if (content.size() != 1 || (content[0] != 0x00 && content[0] != 0xFF))
        add(DerFault::boolean);
      else if (content[0] == 0x00)
        add(DerFault::default_on);
      break;
    case der::kBitString:
      if (!is_bit_string(content)) add(DerFault::bit_string);
      break;
    case der::kOid:
      if (!is_oid(content)) add(DerFault::oid);
      break;
    case der::kUtf8String:
      if (!der::is_utf8(content)) add(DerFault::string);
      break;
    case der::kPrintableString:
      if (!std::ranges::all_of(content, [](auto c) { return kPrintable[c]; })) add(DerFault::string);
      break;
    case der::kIa5String:
      if (!std::ranges::all_of(content, [](auto c) { return c < 0x80; })) add(DerFault::string);
      break;
    case der::kNull:
      if (!content.empty()) add(DerFault::header);
      break;
    case der::kOctetString:
    case der::kUtcTime:
    case der::kGeneralizedTime:
      break;
    default:
      if ((tag & kClass) == 0) add(DerFault::header);  // a type that has no place in a certificate
  }
}

}  // namespace shomei::authority::lints
