#include "filter/authority.h"

#include <algorithm>

namespace shomei::filter {
namespace {

constexpr std::size_t kNameBytesMax = 64;

Error unfit(std::string_view what) {
  return refused("filter_authorities_unfit", {{"what", std::string(what)}});
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::ranges::all_of(name, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

Issuer issuer_of(const pki::Certificate& authority) {
  return {crypto::sha256(authority.tbs.subject.der()), crypto::sha256(authority.tbs.key.key_bits())};
}

Authority authority_of(std::string_view name, const pki::Certificate& certificate) {
  return {std::string(name), crypto::sha256(certificate.der), issuer_of(certificate)};
}

Result<void> check_authorities(std::span<const Authority> authorities) {
  if (authorities.size() > kAuthoritiesMax) return unfit("there are more than 64");
  for (std::size_t i = 0; i < authorities.size(); ++i) {
    if (!is_name(authorities[i].name)) return unfit("a name is not 1 to 64 visible ASCII characters");
    for (std::size_t k = 0; k < i; ++k)
      if (authorities[i].name == authorities[k].name || authorities[i].issuer == authorities[k].issuer)
        return unfit("two have one name or one key");
  }
  return {};
}

void append_authority(Bytes& to, const Authority& authority) {
  to.push_back(static_cast<std::uint8_t>(authority.name.size()));
  append(to, view(authority.name));
  append(to, authority.certificate);
  append(to, authority.issuer.subject);
  append(to, authority.issuer.key);
}

Result<Authority> take_authority(Cursor& cursor) {
  Authority authority;
  SHOMEI_TRY(authority.name, cursor.take_text(1));
  SHOMEI_TRY(authority.certificate, cursor.take_digest());
  SHOMEI_TRY(authority.issuer.subject, cursor.take_digest());
  SHOMEI_TRY(authority.issuer.key, cursor.take_digest());
  return authority;
}

}  // namespace shomei::filter
