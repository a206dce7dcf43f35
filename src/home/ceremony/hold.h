// The ceremony: makes the keys and authorities that a CeremonyFile names, in one order that a crash leaves
// whole or resumable (docs/flows/ceremony.md): every key, then each authority with its links and its key for
// lists in one transaction of the journal, then the published files, then the transcript. Holding the same
// file again completes what a crash cut short, and overwrites nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "crypto/pkcs11/token.h"
#include "home/ceremony/ceremony_file.h"
#include "home/home.h"

namespace shomei::home {

struct CeremonyStep {
  enum class What { key, authority, responder, publication } what{};
  std::string name;   // of the key, the authority, or the file in public/
  KeyUse use{};       // of a key
  PlannedKey key;     // of a key
  bool done = false;  // was there before: made by an earlier, interrupted holding of the same file
};

struct CeremonyReport {
  struct Key {
    std::string name;
    KeyUse use{};
    KeyPlace place;
    crypto::KeyType type{};
    crypto::Sha256 spki{};  // SHA-256 of the SubjectPublicKeyInfo
  };
  struct Certificate {
    std::string name;  // of the file in public/, without its ending
    crypto::Sha256 certificate{};
    Instant not_before, not_after;
  };
  struct TokenUsed {
    std::string name, module;
    crypto::pkcs11::TokenDescription description;
  };
  Instant begun, ended;
  std::vector<CeremonyStep> steps;  // `done` as it was at the beginning
  std::vector<Key> keys;
  std::vector<Certificate> certificates;
  std::vector<TokenUsed> tokens;
  std::string checkpoint;  // the journal's signed note at the end
  bool nothing_to_do() const;
};

// What would be made, in its order. Checks everything that can be known before and touches nothing. The home
// is open for reading with its keys. conflict "key_exists", "authority_exists"; refused
// "ceremony_place_differs", "ceremony_generation", "ceremony_name_differs", "ceremony_ends_earlier",
// "ceremony_begins_before", "ceremony_link_alone", "ceremony_needs_checkpoint"; what tokens and keys say.
Result<std::vector<CeremonyStep>> plan_ceremony(Home& home, const CeremonyFile& file);

struct CeremonyHolding {
  // Told of each step when it has been made. An error ends the ceremony there.
  std::function<Result<void>(const CeremonyStep&)> on_step = {};
  // Whether ceremonies/ remembers what was begun: not in a home that is thrown away when it is not whole.
  bool remembered = true;
};

// Plans and makes. The home is open for reading with its keys, and afterwards for writing. conflict
// "file_locked" while another ceremony is held.
Result<CeremonyReport> hold_ceremony(Home& home, const CeremonyFile& file,
                                     const CeremonyHolding& holding = {});

}  // namespace shomei::home
