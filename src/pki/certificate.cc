#include "pki/certificate.h"

#include <algorithm>

#include "base/limits.h"
#include "der/time.h"
#include "der/writer.h"
#include "pki/extension_list.h"
#include "pki/signed_object.h"

namespace shomei::pki {
namespace {

constexpr std::size_t kPemLineCharacters = 64;

Error bad(std::string_view what) {
  return malformed("certificate_form", {{"what", std::string(what)}}, "RFC 5280 4.1");
}

Result<void> take_version_3(der::Reader& members) {
  SHOMEI_TRY(auto version, members.enter(der::context_constructed(0)));
  SHOMEI_TRY(const auto number, version.take_integer());
  SHOMEI_CHECK(version.expect_done());
  if (number != 2) return bad("it is not of version 3");
  return {};
}

Result<std::vector<Extension>> take_explicit_extensions(der::Reader& members) {
  SHOMEI_TRY(auto wrapper, members.enter(der::context_constructed(3)));
  SHOMEI_TRY(auto extensions, take_extension_list(wrapper));
  SHOMEI_CHECK(wrapper.expect_done());
  return extensions;
}

}  // namespace

const Extension* TbsCertificate::find(const der::Oid& id) const {
  const auto at = std::ranges::find(extensions, id, &Extension::id);
  return at == extensions.end() ? nullptr : &*at;
}

Bytes encode_tbs(const TbsCertificate& tbs) {
  std::vector<Bytes> extensions;
  for (const auto& e : tbs.extensions) extensions.push_back(encode_extension(e));
  return der::sequence({der::constructed(der::context_constructed(0), {der::integer(2)}), tbs.serial.encode(),
                        crypto::encode_algorithm(tbs.algorithm), tbs.issuer.der(),
                        der::sequence({der::time(tbs.not_before), der::time(tbs.not_after)}),
                        tbs.subject.der(), tbs.key.spki(),
                        der::constructed(der::context_constructed(3), {der::sequence(extensions)})});
}

Result<TbsCertificate> parse_tbs(ByteView bytes) {
  SHOMEI_TRY(auto members, der::enter_single(bytes));
  SHOMEI_CHECK(take_version_3(members));
  SHOMEI_TRY(auto serial, SerialNumber::take(members));
  SHOMEI_TRY(const auto algorithm, crypto::take_algorithm(members));
  SHOMEI_TRY(auto issuer, Name::take(members));
  SHOMEI_TRY(auto validity, members.enter(der::kSequence));
  SHOMEI_TRY(const auto not_before, der::take_time(validity));
  SHOMEI_TRY(const auto not_after, der::take_time(validity));
  SHOMEI_CHECK(validity.expect_done());
  SHOMEI_TRY(auto subject, Name::take(members));
  SHOMEI_TRY(const auto spki, members.take(der::kSequence));
  SHOMEI_TRY(auto key, crypto::PublicKey::parse(spki.whole));
  SHOMEI_TRY(auto extensions, take_explicit_extensions(members));
  SHOMEI_CHECK(members.expect_done());
  return TbsCertificate{std::move(serial), algorithm,          std::move(issuer), not_before,
                        not_after,         std::move(subject), std::move(key),    std::move(extensions)};
}

Result<Certificate> parse_certificate(ByteView bytes) {
  if (bytes.size() > limits::kCertificateBytesMax) return bad("it is longer than any certificate here");
  SHOMEI_TRY(const auto parts, parse_signed(bytes));
  SHOMEI_TRY(auto tbs, parse_tbs(parts.tbs));
  if (parts.algorithm != tbs.algorithm) return bad("its two algorithm fields differ");
  return Certificate{std::move(tbs), to_bytes(parts.tbs), to_bytes(parts.signature), to_bytes(bytes)};
}

Result<void> verify_signature(const Certificate& certificate, const crypto::PublicKey& authority_key) {
  return authority_key.verify(certificate.tbs.algorithm, certificate.tbs_der, certificate.signature);
}

std::string to_pem(std::string_view label, ByteView der) {
  std::string text = "-----BEGIN " + std::string(label) + "-----\n";
  const std::string body = to_base64(der);
  for (std::size_t at = 0; at < body.size(); at += kPemLineCharacters)
    text += body.substr(at, kPemLineCharacters) + "\n";
  return text + "-----END " + std::string(label) + "-----\n";
}

Result<Bytes> from_pem(std::string_view label, std::string_view text) {
  const std::string begin = "-----BEGIN " + std::string(label) + "-----";
  const std::string end = "-----END " + std::string(label) + "-----";
  const auto from = text.find(begin);
  const auto to = from == std::string_view::npos ? from : text.find(end, from);
  if (to == std::string_view::npos) return malformed("pem_form", {{"label", std::string(label)}}, "RFC 7468");
  std::string body(text.substr(from + begin.size(), to - from - begin.size()));
  std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
  return from_base64(body);
}

}  // namespace shomei::pki
