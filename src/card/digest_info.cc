#include "card/digest_info.h"

#include "der/writer.h"

namespace shomei::card {

Bytes digest_info(const der::Oid& algorithm, ByteView digest) {
  return der::sequence({der::sequence({der::oid(algorithm), der::null()}), der::octet_string(digest)});
}

Bytes digest_info(ByteView sha256) {
  static const der::Oid kSha256("2.16.840.1.101.3.4.2.1");
  return digest_info(kSha256, sha256);
}

}  // namespace shomei::card
