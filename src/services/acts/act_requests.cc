#include "services/acts/act_requests.h"

#include <algorithm>

#include "counter/recorded_text.h"
#include "json/parse_object.h"
#include "pki/certificate.h"
#include "services/acts/request_members.h"

namespace shomei::services {
namespace {

using nlohmann::json;
using shomei::json::Members;

constexpr std::size_t kTextBytesMax = 16 * 1024;  // of a request in PEM
constexpr std::size_t kKindsMax = 2;
constexpr std::string_view kPemLabel = "CERTIFICATE REQUEST";

Result<std::optional<pki::CertificateKind>> read_kind_if(Members& members) {
  SHOMEI_TRY(const auto given, members.text_if("kind"));
  if (!given) return std::optional<pki::CertificateKind>{};
  const auto kind = pki::parse_certificate_kind(*given);
  if (!kind) return Error(kind.error()).with("member", members.full("kind"));
  return std::optional{*kind};
}

Result<std::optional<issuer::Attestation>> read_attestation(Members& whole) {
  SHOMEI_TRY(auto members, whole.object_if("attestation"));
  if (!members) return std::optional<issuer::Attestation>{};
  issuer::Attestation attestation;
  SHOMEI_TRY(attestation.certificate, read(*members, "certificate", from_base64));
  SHOMEI_TRY(attestation.signature, read(*members, "signature", from_base64));
  SHOMEI_CHECK(members->expect_no_other());
  return std::optional{std::move(attestation)};
}

// base64 of DER in one line, or PEM.
Result<Bytes> parse_csr(std::string_view text) {
  auto der = text.starts_with("-----") ? pki::from_pem(kPemLabel, text) : from_base64(text);
  if (!der || der->empty()) return malformed("csr_form", {{"what", "neither base64 of DER nor PEM"}});
  return der;
}

Result<crypto::Sha256> parse_fingerprint(std::string_view text) {
  const auto bytes = from_hex(text);
  crypto::Sha256 digest{};
  if (!bytes || bytes->size() != digest.size())
    return malformed("fingerprint_form", {{"text", std::string(text)}});
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

// By the key itself, or by its fingerprint.
Result<void> read_key(Members& members, counter::BlockRequest& request) {
  SHOMEI_TRY(const auto given, members.text_if("public_key"));
  if (!given) {
    SHOMEI_TRY(request.key, read(members, "spki_sha256", parse_fingerprint));
    return {};
  }
  const auto der = from_base64(*given);
  if (!der) return Error(der.error()).with("member", members.full("public_key"));
  auto key = crypto::PublicKey::parse(*der);
  if (!key) return std::move(key).error().with("member", members.full("public_key"));
  request.key = crypto::sha256(key->spki());
  request.public_key = *std::move(key);
  return {};
}

Result<std::vector<pki::CertificateKind>> read_kinds(Members& members) {
  std::vector<pki::CertificateKind> kinds;
  SHOMEI_TRY(const auto* items, members.array_if("kinds", kKindsMax));
  if (!items || items->empty()) return members.missing("kinds");
  for (const auto& item : *items) {
    if (!item.is_string()) return malformed("member_type", {{"member", "kinds"}, {"type", "texts"}});
    SHOMEI_TRY(const auto kind, pki::parse_certificate_kind(item.get_ref<const std::string&>()));
    kinds.push_back(kind);
  }
  return kinds;
}

}  // namespace

Result<counter::CertificateRequest> parse_certificate_request(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object, "", kTextBytesMax);
  counter::CertificateRequest request;
  SHOMEI_TRY(request.officer, read_officer(members));
  SHOMEI_TRY(request.resident, read(members, "resident", ResidentId::parse));
  SHOMEI_TRY(request.kind, read(members, "kind", pki::parse_certificate_kind));
  SHOMEI_TRY(request.application, read_application(members));
  SHOMEI_TRY(request.pkcs10, read(members, "csr", parse_csr));
  SHOMEI_TRY(request.attestation, read_attestation(members));
  SHOMEI_CHECK(members.expect_no_other());
  return request;
}

Result<counter::StatusRequest> parse_status_request(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object, "", kTextBytesMax);
  counter::StatusRequest request;
  SHOMEI_TRY(request.officer, read_officer(members));
  SHOMEI_TRY(request.serial, read(members, "serial", pki::SerialNumber::parse_hex));
  SHOMEI_TRY(request.kind, read_kind_if(members));
  SHOMEI_TRY(request.application, read_application(members));
  SHOMEI_TRY(const auto reason, members.text_if("reason"));
  if (reason) {
    SHOMEI_TRY(request.reason, pki::parse_revocation_reason(*reason));
  }
  SHOMEI_CHECK(members.expect_no_other());
  return request;
}

Result<Confirmation> parse_confirmation(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object, "", kTextBytesMax);
  Confirmation confirmation;
  SHOMEI_TRY(confirmation.officer, read_officer(members));
  SHOMEI_TRY(confirmation.serial, read(members, "serial", pki::SerialNumber::parse_hex));
  SHOMEI_TRY(confirmation.kind, read_kind_if(members));
  SHOMEI_CHECK(members.expect_no_other());
  return confirmation;
}

Result<Agreement> parse_agreement(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object);
  Agreement agreement;
  SHOMEI_TRY(agreement.officer, read_officer(members));
  SHOMEI_TRY(agreement.proposal, read(members, "proposal", RequestId::parse));
  SHOMEI_CHECK(members.expect_no_other());
  return agreement;
}

Result<Question> parse_question(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object);
  Question question;
  SHOMEI_TRY(question.officer.office, read(members, "office", OfficeId::parse));
  SHOMEI_TRY(const auto officer, members.text_if("officer"));
  if (officer) {
    SHOMEI_CHECK(counter::check_officer_name(*officer));
    question.officer.name = *officer;
  }
  SHOMEI_TRY(question.resident, members.text("resident"));
  SHOMEI_TRY(question.kinds, read_kinds(members));
  SHOMEI_TRY(question.application, read_application(members));
  SHOMEI_CHECK(members.expect_no_other());
  return question;
}

Result<counter::BlockRequest> parse_block_request(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object, "", kTextBytesMax);
  counter::BlockRequest request;
  SHOMEI_TRY(request.officer, read_officer(members));
  SHOMEI_CHECK(read_key(members, request));
  SHOMEI_TRY(request.cause, members.text("cause"));
  SHOMEI_TRY(const auto proof, members.text_if("proof"));
  if (proof) {
    auto signature = from_base64(*proof);
    if (!signature) return std::move(signature).error().with("member", members.full("proof"));
    request.proof = *std::move(signature);
  }
  SHOMEI_TRY(request.revoke, members.flag("revoke", false));
  SHOMEI_CHECK(members.expect_no_other());
  return request;
}

std::string encode(const counter::CertificateRequest& request) {
  json object = encode_officer(request.officer);
  object["resident"] = request.resident.text();
  object["kind"] = pki::name(request.kind);
  object["application"] = encode_application(request.application);
  object["csr"] = to_base64(request.pkcs10);
  if (const auto& attestation = request.attestation)
    object["attestation"] = {{"certificate", to_base64(attestation->certificate)},
                             {"signature", to_base64(attestation->signature)}};
  return text_of(object);
}

std::string encode(const counter::StatusRequest& request) {
  json object = encode_officer(request.officer);
  object["serial"] = request.serial.hex();
  if (request.kind) object["kind"] = pki::name(*request.kind);
  object["application"] = encode_application(request.application);
  if (request.reason) object["reason"] = pki::name(*request.reason);
  return text_of(object);
}

std::string encode(const Confirmation& confirmation) {
  json object = encode_officer(confirmation.officer);
  object["serial"] = confirmation.serial.hex();
  if (confirmation.kind) object["kind"] = pki::name(*confirmation.kind);
  return text_of(object);
}

std::string encode(const counter::BlockRequest& request) {
  json object = encode_officer(request.officer);
  if (request.public_key)
    object["public_key"] = to_base64(request.public_key->spki());
  else
    object["spki_sha256"] = to_hex_upper(request.key);
  object["cause"] = request.cause;
  if (!request.proof.empty()) object["proof"] = to_base64(request.proof);
  object["revoke"] = request.revoke;
  return text_of(object);
}

std::string encode(const Agreement& agreement) {
  json object = encode_officer(agreement.officer);
  object["proposal"] = agreement.proposal.text();
  return text_of(object);
}

std::string encode(const Question& question) {
  json object{{"office", question.officer.office.text()},
              {"resident", question.resident},
              {"kinds", json::array()},
              {"application", encode_application(question.application)}};
  for (const auto kind : question.kinds) object["kinds"].push_back(pki::name(kind));
  if (!question.officer.name.empty()) object["officer"] = question.officer.name;
  return text_of(object);
}

}  // namespace shomei::services
