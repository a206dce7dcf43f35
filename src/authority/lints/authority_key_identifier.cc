// The authority key identifier names the authority by key, issuer and serial number.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::uint8_t kDirectoryName = 4;

// What the authority's certificate says of its own key.
ByteView key_identifier(const pki::TbsCertificate& authority) {
  const auto* extension = authority.find(pki::extension_id::subject_key_identifier());
  return extension ? Path(extension->value).take(der::kOctetString) : ByteView{};
}

bool is_integer(ByteView content, ByteView magnitude) {
  const bool sign_byte = !magnitude.empty() && magnitude[0] >= 0x80;
  if (sign_byte)
    return content.size() == magnitude.size() + 1 && content[0] == 0 && equal(content.subspan(1), magnitude);
  return equal(content, magnitude);
}

bool holds(const Reading& r) {
  const auto* identifier = r.find(pki::extension_id::authority_key_identifier());
  if (!identifier) return false;
  const auto& authority = r.in.authority.certificate().tbs;
  Path outer(identifier->value);
  Path members = outer.in(der::kSequence);
  const ByteView key = members.take(der::context(0));
  Path names = members.in(der::context_constructed(1));
  Path directory_name = names.in(der::context_constructed(kDirectoryName));
  const ByteView issuer = directory_name.whole(der::kSequence);
  const ByteView serial = members.take(der::context(2));
  return equal(key, key_identifier(authority)) && equal(issuer, authority.issuer.der()) &&
         is_integer(serial, authority.serial.magnitude()) && directory_name.end() && names.end() &&
         members.end() && outer.end();
}

}  // namespace

constinit const Lint kAuthorityKeyIdentifier{
    .id = "authority_key_identifier",
    .citation = "RFC 5280 4.2.1.1; jpki-facts 2.2",
    .demand = "the authority key identifier names the authority by key, issuer and serial number",
    .demand_ja = "認証局鍵識別子が認証局の鍵、発行者名、発行番号を示す",
    .holds = holds};

}  // namespace shomei::authority::lints
