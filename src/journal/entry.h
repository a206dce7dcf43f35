// Entry: what the journal's Merkle tree hashes. It is public: identifiers that mean nothing, a time, and the
// commitments of three parts (docs/formats/journal-entry.md has every byte). Its form can never change; a new
// form is a new version beside it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/identifier.h"
#include "base/result.h"
#include "crypto/digest.h"

namespace shomei::journal {

using crypto::Sha256;

// An act whose effects are all in the store is one entry; one with effects outside writes its intent before
// the key is used, the result after, and the confirmation when the card has it.
enum class Phase : std::uint8_t { whole = 0, intent = 1, result = 2, confirmation = 3, written_off = 4 };

std::string_view name(Phase phase);  // "whole", "intent", "result", "confirmation", "written_off"

enum class PartKind : std::uint8_t { status = 0, person = 1, officer = 2 };
inline constexpr std::array kPartKinds{PartKind::status, PartKind::person, PartKind::officer};
std::string_view name(PartKind kind);  // "status", "person", "operator"

// A part with its salt. Without the salt a commitment says nothing about the body: erasing a person's salts
// forgets the person while the tree stays as it is.
struct Part {
  ByteArray<32> salt{};
  Bytes body;
};

// SHA-256("shomei journal part v1" 00 kind salt body), the kind as one byte.
Sha256 commit(PartKind kind, const Part& part);

struct Entry {
  std::uint64_t sequence = 0;  // from 0, without gaps: the index of the leaf
  InstantMs recorded_at;       // never before the entry in front
  ActId act;
  Phase phase = Phase::whole;
  std::array<Sha256, 3> commitments{};  // in the order of PartKind
};

Bytes encode_entry(const Entry& entry);
Result<Entry> parse_entry(ByteView der);  // malformed "entry_form"

}  // namespace shomei::journal
