// Where things stand in a home (docs/formats/home.md).
#pragma once

#include <filesystem>
#include <string>

#include "base/identifier.h"

namespace shomei::home {

struct Layout {
  std::filesystem::path root;

  std::filesystem::path settings() const { return root / "shomei.toml"; }
  // While the store is moved to another engine: the settings that come then, and the lock of who moves it.
  std::filesystem::path next_settings() const { return root / "shomei.toml.next"; }
  std::filesystem::path move_lock() const { return root / "move.lock"; }
  std::filesystem::path store() const { return root / "store.sqlite"; }
  std::filesystem::path keys() const { return root / "keys"; }         // owner only
  std::filesystem::path cards() const { return root / "cards"; }       // owner only
  std::filesystem::path published() const { return root / "public"; }  // what anybody may have
  std::filesystem::path demo_register() const { return root / "register" / "demo.jsonl"; }
  std::filesystem::path card(const CardId& id) const { return cards() / (id.text() + ".card"); }
  std::filesystem::path ceremonies() const { return root / "ceremonies"; }  // owner only; made by the first
  std::filesystem::path mass() const { return root / "mass"; }  // owner only; made by the first mass act
  // Of an authority ("signature-1"), its key for lists ("signature-1-crl") or a link.
  std::filesystem::path certificate(const std::string& name) const { return published() / (name + ".crt"); }
  std::filesystem::path responder_certificate(const std::string& name) const {
    return certificate(name + "-responder");
  }
  std::filesystem::path operations() const { return certificate("operations"); }
  std::filesystem::path card_maker() const { return certificate("card-maker"); }
  std::filesystem::path card_files_root() const { return published() / "card-files-root.der"; }
  std::filesystem::path checkpoint_key() const { return published() / "checkpoint.vkey"; }
  std::filesystem::path revocation_filter() const { return published() / "revocation.filter"; }
  std::filesystem::path filter_delta() const { return published() / "revocation.filter-delta"; }
};

}  // namespace shomei::home
