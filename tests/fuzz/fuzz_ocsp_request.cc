// Any bytes as an OCSP request, in a body and in a path: what is read can be written and read again.
#include <cstdlib>

#include "pki/ocsp_request.h"
#include "status/ocsp_get.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const shomei::ByteView bytes(data, size);
  (void)shomei::status::decode_ocsp_get_path(shomei::to_text(bytes));
  const auto request = shomei::pki::parse_ocsp_request(bytes);
  if (!request) return 0;
  const auto again =
      shomei::pki::parse_ocsp_request(shomei::pki::encode_ocsp_request(request->wanted, request->nonce));
  if (!again || again->wanted != request->wanted || again->nonce != request->nonce) std::abort();
  return 0;
}
