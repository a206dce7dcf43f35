#include "authority/link.h"

#include <algorithm>

#include "authority/serial.h"
#include "pki/extension.h"

namespace shomei::authority {

Result<pki::Certificate> make_link_certificate(const pki::Certificate& subject, const Authority& by,
                                               LinkNumber number) {
  const auto& signing = by.certificate().tbs;
  if (!(subject.tbs.subject == signing.subject))
    return refused("link_names_differ", {{"authority", by.name()}}, "RFC 4210 4.4");
  pki::TbsCertificate tbs = subject.tbs;
  if (number == LinkNumber::own) tbs.serial = serial_outside_the_space();
  tbs.algorithm = by.signer().algorithm();
  tbs.not_after = std::min(subject.tbs.not_after, signing.not_after);
  const auto before =
      std::ranges::find(tbs.extensions, pki::extension_id::subject_key_identifier(), &pki::Extension::id);
  tbs.extensions.insert(before, pki::authority_key_identifier(signing.key, signing.issuer, signing.serial));
  return sign_certificate(pki::encode_tbs(tbs), by.signer());
}

}  // namespace shomei::authority
