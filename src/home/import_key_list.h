// Takes a list of bad keys into a home: a file of known-bad/ that issuing looks into, once the settings name
// it, and an entry of the journal that says which.
#pragma once

#include <string>
#include <vector>

#include "crypto/key_list.h"
#include "home/home.h"

namespace shomei::home {

struct ImportedKeyList {
  std::string file;  // as the settings name it
  std::size_t keys = 0;
  crypto::Sha256 sha256{};  // of the file
  bool in_settings = false;
};

// A list of the same name is replaced. The same request again is answered as the first time and writes
// nothing. malformed "key_list_name" {name}; conflict "request_differs".
Result<ImportedKeyList> import_key_list(Home& home, const counter::Officer& officer, const std::string& name,
                                        crypto::KeyDigest digest, std::vector<Bytes> digests);

}  // namespace shomei::home
