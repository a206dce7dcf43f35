// Snapshot: a status list and where in the journal it stands, in a file that a node starts from instead of
// reading the whole journal (docs/formats/status-snapshot.md has every byte). The tables lie in it as they
// lie in memory, so that a file is mapped and not read.
//
// A checkpoint says which entries there are, and not which states follow from them; so whoever follows the
// journal and holds its key signs the snapshot too: as a checkpoint is signed, under a name of its own, with
// the SHA-256 of all that stands in front of the signature in the place of a root.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/calendar.h"
#include "base/result.h"
#include "crypto/signer.h"
#include "journal/checkpoint.h"
#include "status/follow.h"
#include "status/status_list.h"

namespace shomei::status {

struct Snapshot {
  ListContents contents;
  Position position;
  Instant made_at;
};

// The name of the key that signs snapshots of a journal: "shomei.example/journal/status-snapshot".
std::string snapshot_origin(std::string_view journal_origin);

// Gives the file's bytes to `write` in order. What the signer and `write` say.
using WritePiece = std::function<Result<void>(ByteView)>;
Result<void> write_snapshot(const Snapshot& snapshot, std::string_view journal_origin,
                            crypto::Signer& checkpoint_signer, const WritePiece& write);

// The tables go on looking into `file`, which `owner` keeps. `key` is the journal's.
// malformed "status_snapshot_form" {what}; refused "status_snapshot_untrue": the signature is of other bytes;
// what open_checkpoint says.
Result<Snapshot> open_snapshot(ByteView file, std::shared_ptr<const void> owner,
                               const journal::VerifierKey& key);
// The same of who has verified the signature already, or wants to see what is in a file without a key.
Result<Snapshot> parse_snapshot(ByteView file, std::shared_ptr<const void> owner);

}  // namespace shomei::status
