// CrlWriter: a signed revocation list, written once and in one piece of memory, however long it is: its head,
// its entries as they come, its end, the signature.
//   CrlWriter writer(head, content.size());
//   writer.add(encode_entry(...).view());
//   const auto signature = signer.sign(writer.finish_tbs());
//   Bytes der = std::move(writer).finish(signature);
#pragma once

#include <cstring>

#include "pki/crl.h"

namespace shomei::pki {

class CrlWriter {
 public:
  // Room for so many entries; more may come. The head is not kept.
  CrlWriter(const CrlHead& head, std::size_t entries);

  void add(const EncodedEntry& entry) {
    if (block_bytes_ + kEntryBytesMax > block_.size()) put_block();
    std::memcpy(block_.data() + block_bytes_, entry.bytes.data(),
                kEntryBytesMax);  // a copy of one size is quick
    block_bytes_ += entry.size;
  }
  // What append_entry wrote: one entry, or several.
  void add(ByteView entries) {
    put_block();
    put(entries);
  }
  // After the last entry: what is signed, borrowed until finish(). An empty list leaves revokedCertificates
  // out, as RFC 5280 5.1.2.6 demands.
  ByteView finish_tbs();
  Bytes finish(ByteView signature) &&;

 private:
  std::size_t put(ByteView bytes);
  void put_block();
  // In the place of the `bytes` bytes there.
  void replace(std::size_t at, std::size_t& bytes, ByteView by);

  Bytes head_, extensions_, algorithm_;
  Bytes der_;
  ByteArray<4096> block_;  // entries that are not in der_ yet
  std::size_t block_bytes_ = 0;
  std::size_t outer_bytes_ = 0, tbs_header_bytes_ = 0, entries_header_bytes_ = 0;  // of the headers in der_
};

}  // namespace shomei::pki
