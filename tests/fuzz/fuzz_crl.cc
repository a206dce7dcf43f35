// Any bytes as a revocation list: what is read can be written and read again.
#include <cstdlib>

#include "pki/crl.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei::pki;
  auto crl = parse_crl({data, size});
  if (!crl) return 0;
  const auto tbs = encode_tbs_crl(crl->head, crl->entries);
  const auto again = parse_crl(assemble_signed(tbs, crl->head.algorithm, shomei::Bytes{1}));
  // Unspecified is written as no reason.
  for (auto& entry : crl->entries)
    if (entry.reason == RevocationReason::unspecified) entry.reason.reset();
  if (!again || again->head != crl->head || again->entries != crl->entries) std::abort();
  return 0;
}
