#include "services/acts/certificate_json.h"

#include "crypto/digest.h"
#include "json/parse_object.h"
#include "pki/certificate.h"
#include "pki/personal_attributes.h"

namespace shomei::services {
namespace {

using nlohmann::json;

constexpr std::size_t kAnswerBytesMax = 64 * 1024;

template <class T, class Print>
json optional(const std::optional<T>& value, Print print) {
  return value ? json(print(*value)) : json(nullptr);
}

json attributes_of(const pki::TbsCertificate& tbs) {
  const auto* extension = tbs.find(pki::extension_id::subject_alt_name());
  if (!extension) return nullptr;
  const auto names = pki::parse_other_names(extension->value);
  if (!names) return nullptr;
  return {{"name", pki::personal_attribute(*names, 1)},
          {"name_substitutions", pki::personal_attribute(*names, 2)},
          {"gender", pki::personal_attribute(*names, 3)},
          {"date_of_birth", pki::personal_attribute(*names, 4)},
          {"address", pki::personal_attribute(*names, 5)},
          {"address_substitutions", pki::personal_attribute(*names, 6)}};
}

}  // namespace

json describe(const journal::CertificateRecord& r) {
  return {{"serial", r.serial.hex()},
          {"kind", pki::name(r.kind)},
          {"authority", r.authority},
          {"state", journal::name(r.state)},
          {"resident", r.resident.text()},
          {"card", r.card.text()},
          {"carrier", journal::name(r.carrier)},
          {"predecessor", optional(r.predecessor, [](const auto& s) { return s.hex(); })},
          {"office", r.office.text()},
          {"partition", r.partition},
          {"act", r.act.text()},
          {"not_before", format_jst(r.not_before)},
          {"not_after", format_jst(r.not_after)},
          {"last_day", format_date(jst_date(r.not_after))},
          {"delivered", r.delivered},
          {"revoked_at", optional(r.revoked_at, [](Instant at) { return format_jst(at); })},
          {"reason", optional(r.reason, [](auto reason) { return std::string(pki::name(reason)); })}};
}

json describe_whole(const journal::CertificateRecord& r) {
  json document = describe(r);
  const auto certificate = pki::parse_certificate(r.der);
  if (!certificate) return document;  // written off: there is none
  document["issuer"] = certificate->tbs.issuer.text();
  document["subject"] = certificate->tbs.subject.text();
  document["attributes"] = attributes_of(certificate->tbs);
  document["key_type"] = crypto::name(certificate->tbs.key.type());
  document["subject_key_identifier"] = to_hex_upper(certificate->tbs.key.key_identifier());
  document["sha256"] = to_hex_upper(crypto::sha256(r.der));
  document["pem"] = pki::to_pem("CERTIFICATE", r.der);
  return document;
}

json describe(const counter::KeyState& state, const counter::BlockRequest& request) {
  json certificates = json::array();
  for (const auto& record : state.certificates) certificates.push_back(describe(record));
  return {{"spki_sha256", to_hex_upper(state.blocked.key)},
          {"act", state.blocked.act.text()},
          {"cause", state.blocked.cause},
          {"proven", !request.proof.empty()},
          {"certificates", std::move(certificates)}};
}

namespace {

Error answer_form(std::string_view what) {
  return malformed("answer_form", {{"what", std::string(what)}});
}

// "" where there is none: the parsers of what is needed refuse it.
std::string text(const json& document, const char* member) {
  const auto found = document.find(member);
  return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<journal::CertificateRecord> read_record(const json& document) {
  journal::CertificateRecord record;
  record.authority = text(document, "authority");
  SHOMEI_TRY(record.kind, pki::parse_certificate_kind(text(document, "kind")));
  SHOMEI_TRY(record.serial, pki::SerialNumber::parse_hex(text(document, "serial")));
  SHOMEI_TRY(record.resident, ResidentId::parse(text(document, "resident")));
  SHOMEI_TRY(record.card, CardId::parse(text(document, "card")));
  SHOMEI_TRY(record.office, OfficeId::parse(text(document, "office")));
  SHOMEI_TRY(record.act, ActId::parse(text(document, "act")));
  SHOMEI_TRY(record.state, journal::parse_certificate_state(text(document, "state")));
  SHOMEI_TRY(record.not_before, parse_instant(text(document, "not_before")));
  SHOMEI_TRY(record.not_after, parse_instant(text(document, "not_after")));
  record.delivered = document.value("delivered", json(false)) == json(true);
  if (const auto pem = text(document, "pem"); !pem.empty()) {
    SHOMEI_TRY(record.der, pki::from_pem("CERTIFICATE", pem));
  }
  return record;
}

}  // namespace

Result<journal::CertificateRecord> parse_certificate(std::string_view answer) {
  const auto document = shomei::json::parse_object(answer, kAnswerBytesMax);
  if (!document) return answer_form(document.error().code);
  auto record = read_record(*document);
  if (!record) return answer_form(record.error().code);
  return record;
}

}  // namespace shomei::services
