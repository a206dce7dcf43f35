#include "app/describe.h"

#include <algorithm>

#include "crypto/digest.h"
#include "pki/certificate.h"
#include "pki/personal_attributes.h"
#include "register/register_line.h"

namespace shomei::app {
namespace {

using nlohmann::json;

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

json describe(const residents::Resident& resident, const std::vector<residents::CardRecord>& cards) {
  json document = json::parse(residents::encode_resident(resident));
  document["cards"] = json::array();
  for (const auto& card : cards) document["cards"].push_back(json::parse(residents::encode_card(card)));
  return document;
}

std::string one_line(const journal::CertificateRecord& r) {
  std::string text =
      r.serial.hex() + "  " + std::string(pki::name(r.kind)) + "  " + std::string(journal::name(r.state));
  text += "  until " + format_date(jst_date(r.not_after)) + "  resident " + r.resident.text();
  if (r.revoked_at) text += "  revoked " + format_jst(*r.revoked_at);
  if (r.reason) text += " (" + std::string(pki::name(*r.reason)) + ")";
  return text;
}

std::string people_text(const json& document) {
  std::size_t width = 0;
  for (const auto& [member, value] : document.items()) width = std::max(width, member.size());
  std::string text;
  for (const auto& [member, value] : document.items()) {
    if (value.is_null() || member == "pem") continue;
    text += member + std::string(width - member.size() + 2, ' ');
    text += (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
  }
  return document.contains("pem") ? text + document["pem"].get<std::string>() : text;
}

}  // namespace shomei::app
