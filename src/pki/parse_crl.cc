#include <algorithm>

#include "der/time.h"
#include "pki/crl.h"
#include "pki/crl_oids.h"
#include "pki/extension_list.h"

namespace shomei::pki {
namespace {

constexpr std::size_t kNumberBytesMax = 20;  // RFC 5280 5.2.3

Error bad(std::string_view what, std::string_view rule) {
  return malformed("crl_form", {{"what", std::string(what)}}, rule);
}

Error unknown_extension(const der::Oid& oid) {
  return malformed("crl_extension_unknown", {{"oid", oid.dotted()}}, "RFC 5280 5.2");
}

Result<Bytes> take_directory_name(der::Reader& reader, der::Tag general_names) {
  SHOMEI_TRY(auto names, reader.enter(general_names));
  SHOMEI_TRY(auto name, names.enter(der::context_constructed(4)));
  SHOMEI_CHECK(names.expect_done());
  SHOMEI_TRY(const auto value, name.take(der::kSequence));
  SHOMEI_CHECK(name.expect_done());
  return to_bytes(value.whole);
}

Result<AuthorityKey> parse_authority_key(ByteView der) {
  SHOMEI_TRY(auto reader, der::enter_single(der));
  AuthorityKey key;
  SHOMEI_TRY(const auto identifier, reader.take(der::context(0)));
  key.key_identifier = to_bytes(identifier.content);
  if (reader.peek() == der::context_constructed(1)) {
    AuthorityKey::ByCertificate certificate;
    SHOMEI_TRY(certificate.issuer_name_der, take_directory_name(reader, der::context_constructed(1)));
    SHOMEI_TRY(certificate.serial, SerialNumber::take(reader, der::context(2)));
    key.certificate = std::move(certificate);
  }
  SHOMEI_CHECK(reader.expect_done());
  return key;
}

Result<bool> take_flag(der::Reader& reader, std::uint8_t n) {
  SHOMEI_TRY(const auto value, reader.take_if(der::context(n)));
  if (!value) return false;
  if (value->content.size() != 1 || value->content[0] != 0xFF)
    return bad("a flag of the issuing distribution point is not TRUE", "RFC 5280 5.2.5");
  return true;
}

Result<Bytes> take_point_name(der::Reader& reader) {
  SHOMEI_TRY(auto point, reader.enter(der::context_constructed(0)));
  SHOMEI_TRY(auto name, take_directory_name(point, der::context_constructed(0)));
  SHOMEI_CHECK(point.expect_done());
  return name;
}

Result<CrlScope> parse_scope(ByteView der) {
  SHOMEI_TRY(auto reader, der::enter_single(der));
  CrlScope scope;
  if (reader.peek() == der::context_constructed(0)) {
    SHOMEI_TRY(scope.point_name_der, take_point_name(reader));
  }
  SHOMEI_TRY(const bool users, take_flag(reader, 1));
  SHOMEI_TRY(const bool authorities, take_flag(reader, 2));
  // onlySomeReasons [3], indirectCRL [4] and onlyContainsAttributeCerts [5] change what an absent entry
  // means.
  if (!reader.done()) return bad("it covers some reasons, issuers or attributes only", "RFC 5280 5.2.5");
  if (users && authorities) return bad("it is for users only and for authorities only", "RFC 5280 5.2.5");
  scope.of = users ? CrlScope::Of::users : authorities ? CrlScope::Of::authorities : CrlScope::Of::all;
  if (scope == CrlScope{}) return bad("the issuing distribution point is empty", "RFC 5280 5.2.5");
  return scope;
}

Result<Bytes> parse_number(ByteView der) {
  der::Reader reader(der);
  SHOMEI_TRY(const auto magnitude, reader.take_magnitude());
  SHOMEI_CHECK(reader.expect_done());
  if (magnitude.size() > kNumberBytesMax) return bad("its number has over 20 bytes", "RFC 5280 5.2.3");
  return to_bytes(magnitude);
}

Result<void> take_head_extensions(der::Reader& tbs, CrlHead& head) {
  SHOMEI_TRY(auto wrapper, tbs.enter(der::context_constructed(0)));
  SHOMEI_TRY(const auto extensions, take_extension_list(wrapper));
  SHOMEI_CHECK(wrapper.expect_done());
  for (const auto& extension : extensions) {
    if (extension.id == crl_oid::kAuthorityKey) {
      SHOMEI_TRY(head.authority_key, parse_authority_key(extension.value));
    } else if (extension.id == crl_oid::kNumber) {
      SHOMEI_TRY(head.number, parse_number(extension.value));
    } else if (extension.id == crl_oid::kIssuingDistributionPoint) {
      SHOMEI_TRY(head.scope, parse_scope(extension.value));
    } else if (extension.id == crl_oid::kDeltaIndicator) {
      SHOMEI_TRY(head.delta_base, parse_number(extension.value));
      if (!extension.critical) return bad("its delta indicator is not critical", "RFC 5280 5.2.4");
    } else if (extension.id == crl_oid::kFreshest && !extension.critical) {
      auto name = parse_point_name(extension.value);
      if (name) head.freshest_name_der = *std::move(name);
    } else if (extension.critical) {
      return unknown_extension(extension.id);
    }
  }
  if (head.number.empty()) return bad("it has no number", "RFC 5280 5.2.3");
  if (head.delta_base && head.freshest_name_der)
    return bad("it is a delta list and names others", "RFC 5280 5.2.6");
  return {};
}

enum class Form { complete, delta };

Result<RevocationReason> parse_reason(ByteView der, Form form) {
  der::Reader reader(der);
  SHOMEI_TRY(const auto number, reader.take_enumerated());
  SHOMEI_CHECK(reader.expect_done());
  const auto reason = revocation_reason_of(number);
  if (!reason || (*reason == RevocationReason::remove_from_crl && form != Form::delta))
    return bad("an entry has the reason number " + std::to_string(number), "RFC 5280 5.3.1");
  return *reason;
}

Result<void> take_entry_extensions(der::Reader& reader, Form form, RevokedEntry& entry) {
  SHOMEI_TRY(const auto extensions, take_extension_list(reader));
  for (const auto& extension : extensions) {
    if (extension.id == crl_oid::kReason) {
      SHOMEI_TRY(entry.reason, parse_reason(extension.value, form));
    } else if (extension.id == crl_oid::kInvalidityDate) {
      der::Reader value(extension.value);
      SHOMEI_TRY(entry.invalidity_at, der::take_generalized_time(value));
      SHOMEI_CHECK(value.expect_done());
    } else if (extension.critical) {
      return unknown_extension(extension.id);
    }
  }
  return {};
}

Result<RevokedEntry> take_entry(der::Reader& list, Form form) {
  SHOMEI_TRY(auto reader, list.enter(der::kSequence));
  RevokedEntry entry;
  SHOMEI_TRY(entry.serial, SerialNumber::take(reader));
  SHOMEI_TRY(entry.revoked_at, der::take_time(reader));
  if (!reader.done()) SHOMEI_CHECK(take_entry_extensions(reader, form, entry));
  SHOMEI_CHECK(reader.expect_done());
  return entry;
}

Result<std::vector<RevokedEntry>> take_entries(der::Reader& tbs, Form form) {
  std::vector<RevokedEntry> entries;
  if (tbs.peek() != der::kSequence) return entries;
  SHOMEI_TRY(auto list, tbs.enter(der::kSequence));
  if (list.done()) return bad("revokedCertificates is there and empty", "RFC 5280 5.1.2.6");
  while (!list.done()) {
    SHOMEI_TRY(auto entry, take_entry(list, form));
    entries.push_back(std::move(entry));
  }
  return entries;
}

// Which of the two it is stands behind the entries.
Result<Crl> parse_list(ByteView der, Form form) {
  if (der.size() > kCrlBytesMax) return bad("it has over 256 MiB", {});
  SHOMEI_TRY(const auto object, parse_signed(der));
  SHOMEI_TRY(auto tbs, der::enter_single(object.tbs));
  Crl crl;
  SHOMEI_TRY(const auto version, tbs.take_integer());
  if (version != 1) return bad("it is not of version 2", "RFC 5280 5.1.2.1");
  SHOMEI_TRY(crl.head.algorithm, crypto::take_algorithm(tbs));
  if (crl.head.algorithm != object.algorithm)
    return bad("it names one algorithm inside and another outside", "RFC 5280 5.1.2.2");
  SHOMEI_TRY(const auto issuer, tbs.take(der::kSequence));
  crl.head.issuer_name_der = to_bytes(issuer.whole);
  SHOMEI_TRY(crl.head.this_update, der::take_time(tbs));
  SHOMEI_TRY(crl.head.next_update, der::take_time(tbs));
  if (crl.head.next_update <= crl.head.this_update)
    return bad("its next update is not after this update", "RFC 5280 5.1.2.5");
  SHOMEI_TRY(crl.entries, take_entries(tbs, form));
  SHOMEI_CHECK(take_head_extensions(tbs, crl.head));
  SHOMEI_CHECK(tbs.expect_done());
  if (form == Form::complete && crl.head.delta_base) return unknown_extension(crl_oid::kDeltaIndicator);
  if (form == Form::delta && !crl.head.delta_base) return bad("it is no delta list", "RFC 5280 5.2.4");
  return crl;
}

}  // namespace

Result<Crl> parse_crl(ByteView der) {
  return parse_list(der, Form::complete);
}

Result<Crl> parse_delta_crl(ByteView der) {
  return parse_list(der, Form::delta);
}

Result<Bytes> parse_point_name(ByteView extension_value) {
  SHOMEI_TRY(auto points, der::enter_single(extension_value));
  SHOMEI_TRY(auto point, points.enter(der::kSequence));
  SHOMEI_CHECK(points.expect_done());
  SHOMEI_TRY(auto name, take_point_name(point));
  SHOMEI_CHECK(point.expect_done());
  return name;
}

const RevokedEntry* find_entry(const Crl& crl, const SerialNumber& serial) {
  const auto at = std::ranges::find(crl.entries, serial, &RevokedEntry::serial);
  return at == crl.entries.end() ? nullptr : &*at;
}

}  // namespace shomei::pki
