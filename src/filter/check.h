// Asks a filter about a certificate, and a filter about everything that it should know.
#pragma once

#include "filter/filter.h"
#include "filter/source.h"
#include "pki/certificate.h"

namespace shomei::filter {

// What the filter can know of it: first that `authority` issued the certificate (its name and its signature;
// whether the authority is trusted and the days hold is for whoever validates the path), and that the
// certificate is not later than the filter. refused "filter_certificate_foreign": the issuer is named
// otherwise; "signature_wrong".
Result<Answer> check_certificate(const Filter& filter, const pki::Certificate& certificate,
                                 const pki::Certificate& authority);

struct Comparison {
  std::uint64_t certificates = 0;
  std::uint64_t revoked = 0;  // or suspended, of them
  std::uint64_t wrong = 0;    // answered otherwise than the source says
};
// Asks for every certificate of the source, which stands where the filter stands. conflict
// "filter_authorities_moved".
Result<Comparison> compare(const Filter& filter, Source& source);

}  // namespace shomei::filter
