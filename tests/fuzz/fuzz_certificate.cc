// Certificates and certification requests from strangers. What is accepted is written again as it came.
#include <cstdlib>

#include "pki/certificate.h"
#include "pki/request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei;
  const ByteView input(data, size);
  if (const auto certificate = pki::parse_certificate(input))
    if (pki::encode_tbs(certificate->tbs) != certificate->tbs_der) std::abort();
  (void)pki::verify_request(input, "challenge");
  return 0;
}
