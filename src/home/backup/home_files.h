// The files of a home that a backup has, beside the store.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "home/backup/manifest.h"
#include "home/home.h"

namespace shomei::home {

// Paths as in the manifest, ascending, without the store: settings, keys, cards, lists of bad keys, what is
// public, the register, ceremonies. A home key that is not sealed is not among them. unavailable
// "file_unreadable".
Result<std::vector<std::string>> files_to_keep(const Layout& layout);
// What is not in a backup of the home, and why: a bare home key, keys on tokens, lists of bad keys that the
// settings name and that are not in the home's folder of them.
Result<std::vector<LeftOut>> left_out_of(const Home& home, journal::Rows& rows);

// Of a file of a home, and of its folders: "public/x" may be read by all.
mode_t mode_in_home(const std::string& path);
// Makes the folders of a home, but for the home's own.
Result<void> make_home_folders(const Layout& layout);
// These and the home's own: what was put into them outlives a power cut.
Result<void> sync_home_folders(const Layout& layout);

}  // namespace shomei::home
