// EF 0003 of the input helper: FF30{DF31 digest of the number's file, DF32 of the attributes, DF33
// signature}. The first digest is over the file as it is stored, filler and all; the second over the value of
// the file behind its table of offsets (as measured on test cards).
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/signed_part.h"
#include "crypto/digest.h"

namespace shomei::card::contents {

struct IntegrityRecord {
  crypto::Sha256 number{};
  crypto::Sha256 attributes{};
  SignedPart part;

  // Each of the two files that was read. refused "card_file_changed" {file} when a digest is another's; and
  // what SignedPart says.
  Result<void> verify_number(ByteView number_file, const crypto::PublicKey& signer) const;
  Result<void> verify_attributes(ByteView attributes_file, const crypto::PublicKey& signer) const;
  bool operator==(const IntegrityRecord&) const = default;
};

Result<IntegrityRecord> make_integrity_record(const FileSigner& signer, ByteView number_file,
                                              ByteView attributes_file);
Bytes encode_integrity_record(const IntegrityRecord& record);
// malformed "card_content_form".
Result<IntegrityRecord> parse_integrity_record(ByteView file);

}  // namespace shomei::card::contents
