// Any bytes as an OCSP response: what is read can be written and read again.
#include <cstdlib>

#include "pki/ocsp_response.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei::pki;
  const auto response = parse_ocsp_response({data, size});
  if (!response || std::holds_alternative<OcspTrouble>(*response)) return 0;
  const auto& basic = std::get<BasicResponse>(*response);
  const auto again = parse_ocsp_response(
      encode_ocsp_response(encode_response_data(basic.data), basic.algorithm, basic.signature,
                           basic.certificates.empty() ? shomei::Bytes{0x30, 0x00} : basic.certificates[0]));
  if (!again) std::abort();
  auto wanted = basic.data;
  // Unspecified is written as no reason.
  for (auto& single : wanted.singles)
    if (auto* revoked = std::get_if<Revoked>(&single.status);
        revoked && revoked->reason == RevocationReason::unspecified)
      revoked->reason.reset();
  if (std::get<BasicResponse>(*again).data != wanted) std::abort();
  return 0;
}
