#include "card/attestation.h"

#include "der/writer.h"

namespace shomei::card {

Bytes attestation_statement(const AttestedKey& key) {
  Bytes file;
  append_u16(file, key.file);
  return der::sequence({der::utf8_string("shomei-card-attestation-1"), der::octet_string(key.token_serial),
                        der::octet_string(application(key.application).name), der::octet_string(file),
                        der::octet_string(key.challenge), der::octet_string(key.spki)});
}

}  // namespace shomei::card
