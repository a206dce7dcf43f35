#include "pki/extension.h"

#include <algorithm>

#include "der/writer.h"

namespace shomei::pki {
namespace {

constexpr std::uint8_t kOtherName = 0;
constexpr std::uint8_t kDirectoryName = 4;
constexpr std::uint8_t kUri = 6;

// GeneralName [4] holds a CHOICE and is therefore explicit.
Bytes directory_name(const Name& name) {
  return der::constructed(der::context_constructed(kDirectoryName), {name.der()});
}

Bytes general_names(const Name& name) {
  return der::sequence({directory_name(name)});
}

const der::Oid& cps_qualifier() {
  static const der::Oid oid("1.3.6.1.5.5.7.2.1");
  return oid;
}
const der::Oid& ocsp_method() {
  static const der::Oid oid("1.3.6.1.5.5.7.48.1");
  return oid;
}

}  // namespace

namespace extension_id {
#define SHOMEI_EXTENSION_ID(function, dotted) \
  const der::Oid& function() {                \
    static const der::Oid oid(dotted);        \
    return oid;                               \
  }
SHOMEI_EXTENSION_ID(key_usage, "2.5.29.15")
SHOMEI_EXTENSION_ID(extended_key_usage, "2.5.29.37")
SHOMEI_EXTENSION_ID(certificate_policies, "2.5.29.32")
SHOMEI_EXTENSION_ID(subject_alt_name, "2.5.29.17")
SHOMEI_EXTENSION_ID(issuer_alt_name, "2.5.29.18")
SHOMEI_EXTENSION_ID(basic_constraints, "2.5.29.19")
SHOMEI_EXTENSION_ID(crl_distribution_points, "2.5.29.31")
SHOMEI_EXTENSION_ID(authority_info_access, "1.3.6.1.5.5.7.1.1")
SHOMEI_EXTENSION_ID(authority_key_identifier, "2.5.29.35")
SHOMEI_EXTENSION_ID(subject_key_identifier, "2.5.29.14")
SHOMEI_EXTENSION_ID(ocsp_no_check, "1.3.6.1.5.5.7.48.1.5")
#undef SHOMEI_EXTENSION_ID
}  // namespace extension_id

const der::Oid& client_auth_purpose() {
  static const der::Oid oid("1.3.6.1.5.5.7.3.2");
  return oid;
}
const der::Oid& ocsp_signing_purpose() {
  static const der::Oid oid("1.3.6.1.5.5.7.3.9");
  return oid;
}

Extension key_usage(std::initializer_list<KeyUsage> uses) {
  std::uint16_t bits = 0;
  unsigned highest = 0;
  for (auto use : uses) {
    const auto bit = static_cast<unsigned>(use);
    bits = static_cast<std::uint16_t>(bits | 0x8000U >> bit);
    highest = std::max(highest, bit);
  }
  // All uses here are within the first byte.
  const Bytes content{static_cast<std::uint8_t>(7 - highest), static_cast<std::uint8_t>(bits >> 8)};
  return {extension_id::key_usage(), true, der::encode(der::kBitString, content)};
}

Extension extended_key_usage(const der::Oid& purpose) {
  return {extension_id::extended_key_usage(), false, der::sequence({der::oid(purpose)})};
}

Extension certificate_policy(const der::Oid& policy, std::string_view cps_uri) {
  const Bytes qualifier = der::sequence({der::oid(cps_qualifier()), der::ia5_string(cps_uri)});
  const Bytes information = der::sequence({der::oid(policy), der::sequence({qualifier})});
  return {extension_id::certificate_policies(), true, der::sequence({information})};
}

Extension basic_constraints_of_authority() {
  return {extension_id::basic_constraints(), true, der::sequence({der::boolean(true)})};
}

Extension subject_alt_directory_name(const Name& name) {
  return {extension_id::subject_alt_name(), false, general_names(name)};
}

Extension issuer_alt_directory_name(const Name& name) {
  return {extension_id::issuer_alt_name(), false, general_names(name)};
}

Extension crl_distribution_point(const Name& name) {
  const Bytes full_name = der::constructed(der::context_constructed(0), {directory_name(name)});
  const Bytes point_name = der::constructed(der::context_constructed(0), {full_name});
  return {extension_id::crl_distribution_points(), false, der::sequence({der::sequence({point_name})})};
}

Extension ocsp_access(std::string_view url) {
  const Bytes description =
      der::sequence({der::oid(ocsp_method()), der::ia5_string(url, der::context(kUri))});
  return {extension_id::authority_info_access(), false, der::sequence({description})};
}

Extension authority_key_identifier(const crypto::PublicKey& key, const Name& issuer,
                                   const SerialNumber& serial) {
  const Bytes key_id = der::encode(der::context(0), key.key_identifier());
  const Bytes cert_issuer = der::constructed(der::context_constructed(1), {directory_name(issuer)});
  return {extension_id::authority_key_identifier(), false,
          der::sequence({key_id, cert_issuer, serial.encode(der::context(2))})};
}

Extension subject_key_identifier(const crypto::PublicKey& key) {
  return {extension_id::subject_key_identifier(), false, der::octet_string(key.key_identifier())};
}

Extension ocsp_no_check() {
  return {extension_id::ocsp_no_check(), false, der::null()};
}

Extension subject_alt_other_names(const std::vector<OtherName>& names) {
  std::vector<Bytes> members;
  for (const auto& name : names) {
    const Bytes value = der::constructed(der::context_constructed(0), {der::utf8_string(name.value)});
    members.push_back(der::constructed(der::context_constructed(kOtherName), {der::oid(name.type), value}));
  }
  return {extension_id::subject_alt_name(), false, der::sequence(members)};
}

Result<std::vector<OtherName>> parse_other_names(ByteView value) {
  SHOMEI_TRY(auto members, der::enter_single(value));
  std::vector<OtherName> names;
  while (!members.done()) {
    SHOMEI_TRY(const auto member, members.take());
    if (member.tag != der::context_constructed(kOtherName)) continue;
    der::Reader pair(member.content);
    SHOMEI_TRY(auto type, pair.take_oid());
    SHOMEI_TRY(auto inner, pair.enter(der::context_constructed(0)));
    SHOMEI_TRY(auto text, inner.take_string());
    SHOMEI_CHECK(pair.expect_done());
    names.push_back({std::move(type), std::move(text)});
  }
  return names;
}

Bytes encode_extension(const Extension& extension) {
  const Bytes critical = extension.critical ? der::boolean(true) : Bytes{};  // FALSE is the default: left out
  return der::sequence({der::oid(extension.id), critical, der::octet_string(extension.value)});
}

Result<Extension> take_extension(der::Reader& reader) {
  SHOMEI_TRY(auto members, reader.enter(der::kSequence));
  Extension extension;
  SHOMEI_TRY(extension.id, members.take_oid());
  if (members.peek() == der::kBoolean) {
    SHOMEI_TRY(extension.critical, members.take_boolean());
    if (!extension.critical)
      return malformed("der_form", {{"what", "a DEFAULT value is encoded"}}, "X.690 11.5");
  }
  SHOMEI_TRY(const auto value, members.take_octet_string());
  SHOMEI_CHECK(members.expect_done());
  extension.value = to_bytes(value);
  return extension;
}

}  // namespace shomei::pki
