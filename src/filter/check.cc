#include "filter/check.h"

#include "base/check.h"

namespace shomei::filter {

Result<Answer> check_certificate(const Filter& filter, const pki::Certificate& certificate,
                                 const pki::Certificate& authority) {
  if (certificate.tbs.issuer != authority.tbs.subject)
    return refused("filter_certificate_foreign", {{"serial", certificate.tbs.serial.hex()}},
                   "RFC 5280 6.1.3");
  SHOMEI_CHECK(pki::verify_signature(certificate, authority.tbs.key));
  const auto answer = filter.answer(issuer_of(authority), certificate.tbs.serial);
  if (answer == Answer::authority_not_covered) return answer;
  return filter.covers(certificate.tbs.not_before) ? answer : Answer::later_than_filter;
}

Result<Comparison> compare(const Filter& filter, Source& source) {
  const auto authorities = source.authorities();
  if (authorities != filter.authorities()) return conflict("filter_authorities_moved");
  Comparison comparison;
  const auto ask = [&](std::size_t authority, const pki::SerialNumber& serial, bool revoked) {
    SHOMEI_INVARIANT(authority < authorities.size());
    ++comparison.certificates;
    comparison.revoked += revoked ? 1 : 0;
    const auto expected = revoked ? Answer::revoked_or_held : Answer::good;
    if (filter.answer(authorities[authority].issuer, serial) != expected) ++comparison.wrong;
  };
  SHOMEI_CHECK(source.each(ask));
  return comparison;
}

}  // namespace shomei::filter
