#include "card/digest_info.h"

#include "der/writer.h"

namespace shomei::card {

Bytes digest_info(ByteView sha256) {
  static const der::Oid kSha256("2.16.840.1.101.3.4.2.1");
  return der::sequence({der::sequence({der::oid(kSha256), der::null()}), der::octet_string(sha256)});
}

}  // namespace shomei::card
