// CrlShelf: the revocation lists in the forms in which they are handed out, read from the store when a list
// has another number than the one that is here. Readers share the bytes: one that is handed out while the
// next one comes stays whole.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "journal/rows.h"

namespace shomei::services {

class CrlShelf {
 public:
  struct List {
    std::uint64_t number = 0;
    Instant this_update, next_update;
    std::string_view media_type;
    std::shared_ptr<const Bytes> content;
    std::string tag;  // for ETag
  };

  // The engine outlives it.
  explicit CrlShelf(journal::Engine& engine) : engine_(engine) {}

  // By the name of a file: that of a list (journal/list_name.h), and ".crl" for DER or ".pem". From any
  // thread. not_found "crl_unknown"; what the store says.
  Result<std::shared_ptr<const List>> find(std::string_view file);

 private:
  struct Place {
    std::mutex reading;  // held by the one who reads the list anew, and by those who wait for it
    std::shared_ptr<const List> list;
  };
  std::shared_ptr<Place> place_of(std::string_view file);

  journal::Engine& engine_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Place>, std::less<>> places_;  // of lists that are there
};

}  // namespace shomei::services
