// BadKeys: what a home knows of keys that no subject may have, as issuing asks for it: the authorities' own,
// those for lists and the responders' as they are published, the lists of the settings, and the factors that
// were found to be shared. Several threads may ask.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "authority/lint.h"
#include "files/mapped_file.h"
#include "home/keys/key_settings.h"
#include "home/layout.h"
#include "journal/rows.h"

namespace shomei::home {

class BadKeys {
 public:
  // All are borrowed.
  BadKeys(const Layout& layout, const KeySettings& settings, journal::Engine& engine)
      : layout_(layout), settings_(settings), engine_(engine) {}

  // Looked up anew when what is known is ten seconds old: a ceremony, a ceremony's files and what another
  // process has found count from then on. not_found "key_list_missing", malformed "key_list_form", both with
  // `path`: a list that the settings name and that cannot be asked lets nothing be issued.
  Result<std::shared_ptr<const authority::KnownKeys>> known();

 private:
  struct MappedList {
    files::MappedFile file;
    crypto::KeyList list;
    std::filesystem::file_time_type written;
  };
  struct Known;
  Result<std::shared_ptr<const MappedList>> list(const std::string& name);
  Result<std::vector<crypto::PublicKey>> own_keys(journal::Rows& rows) const;
  Result<void> add_published(const std::string& name, std::vector<crypto::PublicKey>& keys) const;

  const Layout& layout_;
  const KeySettings& settings_;
  journal::Engine& engine_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const MappedList>> lists_;  // as they were last, by their names
  std::shared_ptr<const Known> known_;
  std::chrono::steady_clock::time_point until_{};
};

}  // namespace shomei::home
