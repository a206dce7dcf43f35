#include "status/past/jws.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "der/reader.h"
#include "der/writer.h"
#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::status {
namespace {

using Document = nlohmann::json;

constexpr std::size_t kHeaderBytesMax = 32 * 1024;

Error bad(std::string what) {
  return malformed("jws_form", {{"what", std::move(what)}});
}

std::string_view algorithm_name(crypto::KeyType type) {
  switch (type) {
    case crypto::KeyType::rsa_2048:
    case crypto::KeyType::rsa_3072:
      return "RS256";
    case crypto::KeyType::ec_p256:
      return "ES256";
    case crypto::KeyType::ec_p384:
      return "ES384";
    case crypto::KeyType::ed25519:
      return "EdDSA";
  }
  SHOMEI_INVARIANT(false);
}

// Of r and of s; none for keys whose signatures are no pair of numbers.
std::optional<std::size_t> number_bytes(crypto::KeyType type) {
  if (type == crypto::KeyType::ec_p256) return 32;
  if (type == crypto::KeyType::ec_p384) return 48;
  return std::nullopt;
}

Result<Bytes> padded(ByteView magnitude, std::size_t size) {
  while (!magnitude.empty() && magnitude.front() == 0) magnitude = magnitude.subspan(1);
  if (magnitude.size() > size) return internal("signing_failed", {{"what", "a number of ECDSA is too long"}});
  Bytes bytes(size - magnitude.size(), 0);
  append(bytes, magnitude);
  return bytes;
}

// From the DER of a Signer to RFC 7518 3.4, and back.
Result<Bytes> to_jws_form(ByteView signature, crypto::KeyType type) {
  const auto size = number_bytes(type);
  if (!size) return to_bytes(signature);
  SHOMEI_TRY(auto numbers, der::enter_single(signature));
  SHOMEI_TRY(const auto r_magnitude, numbers.take_magnitude());
  SHOMEI_TRY(const auto s_magnitude, numbers.take_magnitude());
  SHOMEI_TRY(const auto r, padded(r_magnitude, *size));
  SHOMEI_TRY(const auto s, padded(s_magnitude, *size));
  return concatenate({r, s});
}
Result<Bytes> from_jws_form(ByteView signature, crypto::KeyType type) {
  const auto size = number_bytes(type);
  if (!size) return to_bytes(signature);
  if (signature.size() != 2 * *size) return bad("its signature is not of the length of its algorithm");
  return der::sequence(
      {der::integer_of_magnitude(signature.first(*size)), der::integer_of_magnitude(signature.last(*size))});
}

std::string encode_header(std::string_view algorithm, std::string_view type, ByteView certificate) {
  return Document{{"alg", algorithm}, {"typ", type}, {"x5c", {to_base64(certificate)}}}.dump();
}

Result<Bytes> take_base64url(json::Members& members, std::string_view member) {
  SHOMEI_TRY(const auto text, members.text(member));
  auto bytes = from_base64url(text);
  if (!bytes) return bad(std::string(member) + " is not base64url");
  return bytes;
}

Result<void> take_header(std::string_view text, Jws& into) {
  SHOMEI_TRY(const auto document, json::parse_object(text, kHeaderBytesMax));
  json::Members members(document, "", kHeaderBytesMax);
  SHOMEI_TRY(into.algorithm, members.text("alg"));
  SHOMEI_TRY(into.type, members.text("typ"));
  SHOMEI_TRY(const auto* chain, members.array_if("x5c", 1));
  if (!chain || chain->size() != 1 || !chain->front().is_string()) return bad("x5c is not one certificate");
  const auto certificate = from_base64(chain->front().get<std::string>());
  if (!certificate) return bad("x5c is not base64");
  into.certificate = *certificate;
  SHOMEI_CHECK(members.expect_no_other());
  if (text != encode_header(into.algorithm, into.type, into.certificate))
    return bad("its header is not written in its one form");
  return {};
}

std::string encode_jws(std::string_view signing_input, ByteView signature) {
  const auto dot = signing_input.find('.');
  return Document{{"payload", signing_input.substr(dot + 1)},
                  {"protected", signing_input.substr(0, dot)},
                  {"signature", to_base64url(signature)}}
      .dump();
}

Result<Jws> take_jws(const Document& document) {
  json::Members members(document, "", kJwsBytesMax);
  Jws jws;
  SHOMEI_TRY(const auto header, take_base64url(members, "protected"));
  SHOMEI_TRY(const auto payload, take_base64url(members, "payload"));
  SHOMEI_TRY(jws.signature, take_base64url(members, "signature"));
  SHOMEI_CHECK(members.expect_no_other());
  SHOMEI_CHECK(take_header(to_text(header), jws));
  jws.payload = to_text(payload);
  jws.signing_input = to_base64url(header) + "." + to_base64url(payload);
  return jws;
}

Error as_jws_error(const Error& error) {
  if (error.code == "jws_form") return error;
  const auto member = std::string(error.parameter("member"));
  return bad(member.empty() ? "it is not one JSON object, or too large"
                            : "its member " + member + " is missing, unknown or not of its type");
}

}  // namespace

std::string to_base64url(ByteView bytes) {
  auto text = to_base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  while (text.ends_with('=')) text.pop_back();
  return text;
}

Result<Bytes> from_base64url(std::string_view text) {
  std::string padded(text);
  std::ranges::replace(padded, '-', '+');
  std::ranges::replace(padded, '_', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  SHOMEI_TRY(auto bytes, from_base64(padded));
  if (to_base64url(bytes) != text) return malformed("base64_form");
  return bytes;
}

Result<std::string> sign_jws(std::string_view payload, std::string_view type, ByteView certificate,
                             crypto::Signer& signer) {
  const auto key_type = signer.public_key().type();
  const auto header = encode_header(algorithm_name(key_type), type, certificate);
  const auto input = to_base64url(view(header)) + "." + to_base64url(view(payload));
  SHOMEI_TRY(const auto der, signer.sign(view(input)));
  SHOMEI_TRY(const auto signature, to_jws_form(der, key_type));
  return encode_jws(input, signature);
}

Result<Jws> parse_jws(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto document = json::parse_object(text, kJwsBytesMax);
  if (!document) return as_jws_error(document.error());
  auto jws = take_jws(*document);
  if (!jws) return as_jws_error(jws.error());
  if (text != encode_jws(jws->signing_input, jws->signature)) return bad("it is not written in its one form");
  return jws;
}

Result<void> verify_jws(const Jws& jws, const crypto::PublicKey& key) {
  if (jws.algorithm != algorithm_name(key.type())) return bad("its algorithm is not that of its key");
  SHOMEI_TRY(const auto der, from_jws_form(jws.signature, key.type()));
  return key.verify(crypto::algorithm_of(key.type()), view(jws.signing_input), der);
}

}  // namespace shomei::status
