#include "authority/lints/reading.h"

#include <algorithm>

namespace shomei::authority::lints {
namespace {

using pki::NameAttribute;

// The last byte of the type: id-at 2.5.4.n (RFC 5280 A.1).
std::uint8_t arc(NameAttribute attribute) {
  switch (attribute) {
    case NameAttribute::country:
      return 6;
    case NameAttribute::organization:
      return 10;
    case NameAttribute::organizational_unit:
      return 11;
    case NameAttribute::locality:
      return 7;
    case NameAttribute::common_name:
      return 3;
  }
  return 0;
}

std::optional<RawRdn> take_rdn(Path& list) {
  Path set = list.in(der::kSet);
  Path pair = set.in(der::kSequence);
  RawRdn rdn;
  rdn.type = pair.take(der::kOid);
  const auto text = pair.any();
  if (!text || !pair.end() || !set.end()) return std::nullopt;
  rdn.tag = text->tag;
  rdn.text = text->content;
  return rdn;
}

// The bits of a BIT STRING without the count of those unused.
ByteView bits_of(ByteView content) {
  return content.empty() ? content : content.subspan(1);
}

}  // namespace

Reading::Reading(const LintInput& input) : in(input) {
  Path outer(in.der);
  take_tbs(outer.in(der::kSequence));
  structured = structured && outer.end();
  take_other_names();
  der_faults.look_at(in.der);
  for (const auto& extension : extensions) der_faults.look_at(extension.value);
  if (has_rsa_key()) der_faults.look_at(key_bits);
}

void Reading::take_tbs(Path tbs) {
  Path version_wrapper = tbs.in(der::context_constructed(0));
  version = version_wrapper.take(der::kInteger);
  serial = tbs.take(der::kInteger);
  algorithm = tbs.whole(der::kSequence);
  issuer = tbs.whole(der::kSequence);
  Path validity = tbs.in(der::kSequence);
  not_before = validity.any().value_or(der::Value{});
  not_after = validity.any().value_or(der::Value{});
  const auto names = rdns_of(tbs.whole(der::kSequence));
  subject = names.value_or(RawRdns{});
  spki = tbs.whole(der::kSequence);
  bool unique_identifiers = false;
  while (tbs.next_is(der::context(1)) || tbs.next_is(der::context(2)))
    unique_identifiers = tbs.any().has_value();
  Path wrapper = tbs.in(der::context_constructed(3));
  take_key(Path(spki));
  structured = !unique_identifiers;
  take_extensions(wrapper.in(der::kSequence));
  structured = structured && names && version_wrapper.end() && validity.end() && wrapper.end() && tbs.end();
}

void Reading::take_key(Path key) {
  Path info = key.in(der::kSequence);
  key_algorithm = info.whole(der::kSequence);
  key_bits = bits_of(info.take(der::kBitString));
  if (!has_rsa_key()) return;
  Path members = Path(key_bits).in(der::kSequence);
  modulus = members.take(der::kInteger);
  exponent = members.take(der::kInteger);
  if (!members.end()) modulus = exponent = {};
}

void Reading::take_extensions(Path list) {
  while (list.has_more()) {
    Path members = list.in(der::kSequence);
    RawExtension extension;
    extension.id = members.take(der::kOid);
    if (members.next_is(der::kBoolean)) {
      const ByteView critical = members.take(der::kBoolean);
      extension.critical = !critical.empty() && critical[0] != 0;
    }
    extension.value = members.take(der::kOctetString);
    if (!members.end() || !extensions.push_back(extension)) structured = false;
  }
  if (!list.end()) structured = false;
}

void Reading::take_other_names() {
  const auto* extension = find(pki::extension_id::subject_alt_name());
  if (!extension) return;
  Path outer(extension->value);
  Path list = outer.in(der::kSequence);
  san_structured = outer.end();
  while (list.has_more()) {
    Path pair = list.in(der::context_constructed(0));
    RawOtherName name;
    name.type = pair.take(der::kOid);
    Path wrapper = pair.in(der::context_constructed(0));
    const auto text = wrapper.any();
    if (text) name.tag = text->tag;
    if (text) name.text = text->content;
    if (!text || !wrapper.end() || !pair.end() || !other_names.push_back(name)) san_structured = false;
  }
  if (!list.end()) san_structured = false;
}

bool Reading::has_rsa_key() const {
  const auto type = in.tbs.key.type();
  return type == crypto::KeyType::rsa_2048 || type == crypto::KeyType::rsa_3072;
}

bool Reading::has_ec_key() const {
  const auto type = in.tbs.key.type();
  return type == crypto::KeyType::ec_p256 || type == crypto::KeyType::ec_p384;
}

ByteView Reading::modulus_magnitude() const {
  return !modulus.empty() && modulus[0] == 0 ? modulus.subspan(1) : modulus;
}

const RawExtension* Reading::find(const der::Oid& id) const {
  for (const auto& extension : extensions)
    if (is(extension.id, id)) return &extension;
  return nullptr;
}

ByteView Reading::attribute(std::uint8_t number) const {
  for (const auto& name : other_names)
    if (!name.type.empty() && name.type.back() == number) return name.text;
  return {};
}

std::optional<RawRdns> rdns_of(ByteView name) {
  Path outer(name);
  Path list = outer.in(der::kSequence);
  RawRdns rdns;
  while (list.has_more()) {
    const auto rdn = take_rdn(list);
    if (!rdn || !rdns.push_back(*rdn)) return std::nullopt;
  }
  return list.end() && outer.end() ? std::optional(rdns) : std::nullopt;
}

bool is_type(const RawRdn& rdn, NameAttribute attribute) {
  return rdn.type.size() == 3 && rdn.type[0] == 0x55 && rdn.type[1] == 0x04 && rdn.type[2] == arc(attribute);
}

bool is_name(ByteView name, std::initializer_list<std::pair<NameAttribute, std::string_view>> wanted) {
  const auto rdns = rdns_of(name);
  return rdns && std::ranges::equal(*rdns, wanted, [](const RawRdn& rdn, const auto& pair) {
           const bool country = pair.first == NameAttribute::country;
           return is_type(rdn, pair.first) && is(rdn.text, pair.second) &&
                  rdn.tag == (country ? der::kPrintableString : der::kUtf8String);
         });
}

}  // namespace shomei::authority::lints
