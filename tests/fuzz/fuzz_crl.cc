// Any bytes as a revocation list, complete or delta: what is read can be written and read
// again, and an outline is of the same lists.
#include <cstdlib>

#include "pki/crl.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei::pki;
  for (const auto parse : {parse_crl, parse_delta_crl}) {
    auto crl = parse({data, size});
    const auto outline = parse == parse_crl ? outline_crl({data, size}) : outline_delta_crl({data, size});
    if (crl.has_value() != outline.has_value()) std::abort();
    if (!crl) continue;
    if (outline->head != crl->head || outline->entries != crl->entries.size()) std::abort();
    const auto tbs = encode_tbs_crl(crl->head, crl->entries);
    const auto again = parse(assemble_signed(tbs, crl->head.algorithm, shomei::Bytes{1}));
    // Unspecified is written as no reason.
    for (auto& entry : crl->entries)
      if (entry.reason == RevocationReason::unspecified) entry.reason.reset();
    if (!again || again->head != crl->head || again->entries != crl->entries) std::abort();
  }
  return 0;
}
