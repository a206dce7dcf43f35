#include <algorithm>
#include <array>
#include <cstring>

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

// Eight of them, at once.
bool are_digits(const std::uint8_t* at) {
  constexpr std::uint64_t kHigh = 0xF0F0F0F0F0F0F0F0, kDigit = 0x3030303030303030, kSix = 0x0606060606060606;
  std::uint64_t eight = 0;
  std::memcpy(&eight, at, sizeof eight);
  return (eight & kHigh) == kDigit && ((eight + kSix) & kHigh) == kDigit;
}

// UTCTime in the form of der::take_time, of a day that every such month of every year has.
bool is_usual_time(const std::uint8_t* at) {
  const auto pair = [&](int n) { return (at[2 + 2 * n] - '0') * 10 + at[3 + 2 * n] - '0'; };
  if (at[0] != der::kUtcTime || at[1] != 13 || at[14] != 'Z') return false;
  if (!are_digits(at + 2) || !are_digits(at + 6)) return false;  // the twelve, four of them twice
  const int month = pair(1), day = pair(2);
  if (month < 1 || month > 12 || day < 1) return false;
  const int days = month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  return day <= days && pair(3) < 24 && pair(4) < 60 && pair(5) < 60;
}

// The bytes of the entry in front when it has the form that encode_entry writes, which take_entry would take;
// else none. Nearly all entries have it, and this is a tenth of the work.
std::size_t usual_entry(ByteView rest, Form form) {
  constexpr std::size_t kTimeBytes = 15, kReasonBytes = 14, kSerialBytesMax = 20;
  constexpr ByteArray<13> kReasonCode{0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55,
                                      0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01};
  if (rest.size() < 5 || rest[0] != der::kSequence || rest[1] >= 0x80 || rest[2] != der::kInteger) return 0;
  const std::size_t size = 2U + rest[1], serial = rest[3], reason_at = 4 + serial + kTimeBytes;
  if (size > rest.size() || serial == 0 || serial > kSerialBytesMax) return 0;
  if (size != reason_at && size != reason_at + kReasonBytes) return 0;
  if ((rest[4] & 0x80) || (rest[4] == 0 && (serial == 1 || !(rest[5] & 0x80)))) return 0;
  if (!is_usual_time(rest.data() + 4 + serial)) return 0;
  if (size == reason_at) return size;
  if (!equal(rest.subspan(reason_at, kReasonCode.size()), kReasonCode)) return 0;
  static const auto known = [] {
    std::array<bool, 256> all{};
    for (std::size_t n = 0; n < all.size(); ++n)
      all[n] = revocation_reason_of(static_cast<std::uint8_t>(n)).has_value();
    return all;
  }();
  const std::uint8_t reason = rest[size - 1];
  constexpr auto kRemove = static_cast<std::uint8_t>(RevocationReason::remove_from_crl);
  return known[reason] && (reason != kRemove || form == Form::delta) ? size : 0;
}

// Hands the entries' reader on until all are taken.
template <class TakeOne>
Result<void> take_entries(der::Reader& tbs, const TakeOne& take_one) {
  if (tbs.peek() != der::kSequence) return {};
  SHOMEI_TRY(auto list, tbs.enter(der::kSequence));
  if (list.done()) return bad("revokedCertificates is there and empty", "RFC 5280 5.1.2.6");
  while (!list.done()) SHOMEI_CHECK(take_one(list));
  return {};
}

// Which of the two it is stands behind the entries.
template <class TakeOne>
Result<CrlHead> read_list(ByteView der, Form form, const TakeOne& take_one) {
  if (der.size() > kCrlBytesMax) return bad("it has over 600 MB", {});
  SHOMEI_TRY(const auto object, parse_signed(der));
  SHOMEI_TRY(auto tbs, der::enter_single(object.tbs));
  CrlHead head;
  SHOMEI_TRY(const auto version, tbs.take_integer());
  if (version != 1) return bad("it is not of version 2", "RFC 5280 5.1.2.1");
  SHOMEI_TRY(head.algorithm, crypto::take_algorithm(tbs));
  if (head.algorithm != object.algorithm)
    return bad("it names one algorithm inside and another outside", "RFC 5280 5.1.2.2");
  SHOMEI_TRY(const auto issuer, tbs.take(der::kSequence));
  head.issuer_name_der = to_bytes(issuer.whole);
  SHOMEI_TRY(head.this_update, der::take_time(tbs));
  SHOMEI_TRY(head.next_update, der::take_time(tbs));
  if (head.next_update <= head.this_update)
    return bad("its next update is not after this update", "RFC 5280 5.1.2.5");
  SHOMEI_CHECK(take_entries(tbs, take_one));
  SHOMEI_CHECK(take_head_extensions(tbs, head));
  SHOMEI_CHECK(tbs.expect_done());
  if (form == Form::complete && head.delta_base) return unknown_extension(crl_oid::kDeltaIndicator);
  if (form == Form::delta && !head.delta_base) return bad("it is no delta list", "RFC 5280 5.2.4");
  return head;
}

Result<CrlHead> read_each(ByteView der, Form form, const EachEntry& each) {
  return read_list(der, form, [&](der::Reader& list) -> Result<void> {
    SHOMEI_TRY(const auto entry, take_entry(list, form));
    each(entry);
    return {};
  });
}

Result<Crl> parse_list(ByteView der, Form form) {
  Crl crl;
  SHOMEI_TRY(crl.head,
             read_each(der, form, [&](const RevokedEntry& entry) { crl.entries.push_back(entry); }));
  return crl;
}

Result<CrlOutline> outline(ByteView der, Form form) {
  CrlOutline found;
  SHOMEI_TRY(found.head, read_list(der, form, [&](der::Reader& list) -> Result<void> {
               auto rest = list.rest();
               std::size_t usual = 0;
               for (; const auto size = usual_entry(rest, form); ++usual) rest = rest.subspan(size);
               list = der::Reader(rest);
               found.entries += usual > 0 ? usual : 1;
               if (usual == 0) SHOMEI_CHECK(take_entry(list, form));
               return {};
             }));
  return found;
}

}  // namespace

Result<Crl> parse_crl(ByteView der) {
  return parse_list(der, Form::complete);
}

Result<Crl> parse_delta_crl(ByteView der) {
  return parse_list(der, Form::delta);
}

Result<CrlHead> read_crl(ByteView der, const EachEntry& each) {
  return read_each(der, Form::complete, each);
}

Result<CrlHead> read_delta_crl(ByteView der, const EachEntry& each) {
  return read_each(der, Form::delta, each);
}

Result<CrlOutline> outline_crl(ByteView der) {
  return outline(der, Form::complete);
}

Result<CrlOutline> outline_delta_crl(ByteView der) {
  return outline(der, Form::delta);
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
