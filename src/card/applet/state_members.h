// What both versions of a card's state are read by. Of this folder alone.
#pragma once

#include <algorithm>
#include <string_view>

#include "card/applet/state.h"
#include "der/reader.h"

namespace shomei::card::applet {

Error bad_state(std::string_view what);  // malformed "card_state_form"

template <std::size_t N>
Result<ByteArray<N>> take_array(der::Reader& reader) {
  SHOMEI_TRY(const auto content, reader.take_octet_string());
  if (content.size() != N) return bad_state("a field has another length");
  ByteArray<N> array;
  std::ranges::copy(content, array.begin());
  return array;
}

Result<Phase> take_phase(der::Reader& reader);
Result<StoredPin> take_pin(PinId id, der::Reader& reader);  // salt, hash, tries
Result<Bytes> take_certificate(der::Reader& reader);
Result<crypto::PrivateKey> parse_key(crypto::KeyType type, ByteView pkcs8);
// Of a file that the issuer writes and that is kept as it is.
bool is_data_file(const FileName& name);

}  // namespace shomei::card::applet
