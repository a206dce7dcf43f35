// The published journal as files: read from a folder or a web server, and written into a folder that any
// static web server can serve.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "journal/checkpoint.h"
#include "journal/published/read_published.h"
#include "journal/rows.h"

namespace shomei::app {

// "http://host[:port]/path", else a folder. malformed "url_form".
Result<journal::PublishedFiles> published_at(const std::string& place);

struct Exported {
  journal::Checkpoint checkpoint;
  std::uint64_t written = 0, kept = 0;  // files
};

// Writes what the folder lacks; full tiles that are there stay as they are, the checkpoint comes last, and
// each file is there whole or not at all, so that it may be interrupted and begun again. conflict
// "export_of_another" {path} where the folder has a checkpoint that the journal does not continue; what
// writing files says; not_found "checkpoint_none_yet".
Result<Exported> export_journal(journal::Rows& rows, const std::filesystem::path& folder,
                                const journal::VerifierKey& key,
                                const std::function<void(std::uint64_t entries)>& progress);

}  // namespace shomei::app
