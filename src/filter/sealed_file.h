// The frame that filters and deltas share: a magic line, when and over which tree they were made, the
// content, and a signed note (C2SP signed-note) over the SHA-256 of all that, by the key that signs the
// journal's checkpoints. The checkpoint itself is in it, so that the verifier key alone checks both.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/signer.h"
#include "filter/cursor.h"
#include "journal/checkpoint.h"

namespace shomei::filter {

inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

enum class FileKind { filter, delta };

// Where the journal stood.
struct Standing {
  journal::Checkpoint checkpoint;
  std::string note;  // its signed form
  Instant made_at;   // see Edition::made_at
};

// refused "filter_of_another_journal" {origin, key}: the checkpoint's name is not the key's; what
// open_checkpoint says.
Result<Standing> standing_of(std::string_view checkpoint_note, Instant made_at,
                             const journal::VerifierKey& key);

struct SealedFile {
  Standing standing;
  ByteView content;         // borrowed from the bytes
  crypto::Sha256 digest{};  // what was signed
};

// refused "filter_too_large" {bytes}; what the signer says.
Result<Bytes> seal(FileKind kind, const Standing& standing, ByteView content, crypto::Signer& signer);
// The signature is verified before anything is parsed. malformed "filter_form" {what}; refused
// "filter_unsigned" {key}; what standing_of says.
Result<SealedFile> open_sealed(FileKind kind, ByteView file, const journal::VerifierKey& key);

}  // namespace shomei::filter
