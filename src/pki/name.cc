#include "pki/name.h"

#include <array>

#include "base/check.h"
#include "der/writer.h"

namespace shomei::pki {
namespace {

struct AttributeRow {
  NameAttribute attribute;
  der::Oid oid;
  std::string_view label;
};

const std::array<AttributeRow, 5>& attributes() {
  static const std::array<AttributeRow, 5> kAttributes{{
      {NameAttribute::country, der::Oid("2.5.4.6"), "C"},
      {NameAttribute::organization, der::Oid("2.5.4.10"), "O"},
      {NameAttribute::organizational_unit, der::Oid("2.5.4.11"), "OU"},
      {NameAttribute::locality, der::Oid("2.5.4.7"), "L"},
      {NameAttribute::common_name, der::Oid("2.5.4.3"), "CN"},
  }};
  return kAttributes;
}

constexpr std::size_t kRdnsMax = 16;

const AttributeRow& row(NameAttribute attribute) {
  for (const auto& r : attributes())
    if (r.attribute == attribute) return r;
  SHOMEI_INVARIANT(false);
}

Error bad_name(std::string_view what) {
  return malformed("name_form", {{"what", std::string(what)}}, "RFC 5280 4.1.2.4");
}

}  // namespace

Name& Name::add(NameAttribute attribute, std::string_view value) {
  const der::Oid& type = row(attribute).oid;
  const Bytes text =
      attribute == NameAttribute::country ? der::printable_string(value) : der::utf8_string(value);
  const Bytes rdn = der::set_of({der::sequence({der::oid(type), text})});
  rdns_.push_back({type, std::string(value)});
  const auto before = der::parse_single(der_);
  SHOMEI_INVARIANT(before.has_value());
  der_ = der::sequence({before->content, rdn});
  return *this;
}

Result<Name> Name::take(der::Reader& reader) {
  SHOMEI_TRY(const auto whole, reader.take(der::kSequence));
  Name name;
  name.der_ = to_bytes(whole.whole);
  der::Reader rdns(whole.content);
  while (!rdns.done()) {
    SHOMEI_TRY(auto set, rdns.enter(der::kSet));
    SHOMEI_TRY(auto pair, set.enter(der::kSequence));
    SHOMEI_TRY(auto type, pair.take_oid());
    SHOMEI_TRY(auto value, pair.take_string());
    SHOMEI_CHECK(pair.expect_done());
    if (!set.done()) return bad_name("an RDN with several attributes");
    if (name.rdns_.size() == kRdnsMax) return bad_name("too many RDNs");
    name.rdns_.push_back({std::move(type), std::move(value)});
  }
  return name;
}

std::vector<std::string> Name::values(NameAttribute attribute) const {
  const der::Oid& wanted = row(attribute).oid;
  std::vector<std::string> found;
  for (const auto& rdn : rdns_)
    if (rdn.type == wanted) found.push_back(rdn.value);
  return found;
}

std::string Name::text() const {
  std::string text;
  for (const auto& rdn : rdns_) {
    std::string label = rdn.type.dotted();
    for (const auto& r : attributes())
      if (r.oid == rdn.type) label = r.label;
    text += (text.empty() ? "" : ", ") + label + "=" + rdn.value;
  }
  return text;
}

}  // namespace shomei::pki
