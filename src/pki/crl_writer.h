// CrlWriter: a signed revocation list, written once and in one piece of memory, however long it is: its head,
// its entries as they come, its end, the signature.
//   CrlWriter writer(head, content.size());
//   writer.add(encode_entry(...).view());
//   const auto signature = signer.sign(writer.finish_tbs());
//   Bytes der = std::move(writer).finish(signature);
#pragma once

#include "pki/crl.h"

namespace shomei::pki {

class CrlWriter {
 public:
  // Room for so many entries; more may come. The head is not kept.
  CrlWriter(const CrlHead& head, std::size_t entries);

  // What encode_entry or append_entry wrote: one entry, or several.
  void add(ByteView entries) { der_.insert(der_.end(), entries.begin(), entries.end()); }
  // After the last entry: what is signed, borrowed until finish(). An empty list leaves revokedCertificates
  // out, as RFC 5280 5.1.2.6 demands.
  ByteView finish_tbs();
  Bytes finish(ByteView signature) &&;

 private:
  std::size_t put(ByteView bytes);
  // In the place of the `bytes` bytes there.
  void replace(std::size_t at, std::size_t& bytes, ByteView by);

  Bytes head_, extensions_, algorithm_;
  Bytes der_;
  std::size_t outer_bytes_ = 0, tbs_header_bytes_ = 0, entries_header_bytes_ = 0;  // of the headers in der_
};

}  // namespace shomei::pki
