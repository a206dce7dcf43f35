// Where things stand in a home (docs/formats/home.md).
#pragma once

#include <filesystem>
#include <string>

#include "base/identifier.h"

namespace shomei::home {

struct Layout {
  std::filesystem::path root;

  std::filesystem::path settings() const { return root / "shomei.toml"; }
  std::filesystem::path store() const { return root / "store.sqlite"; }
  std::filesystem::path keys() const { return root / "keys"; }         // owner only
  std::filesystem::path cards() const { return root / "cards"; }       // owner only
  std::filesystem::path published() const { return root / "public"; }  // what anybody may have
  std::filesystem::path demo_register() const { return root / "register" / "demo.jsonl"; }
  std::filesystem::path card(const CardId& id) const { return cards() / (id.text() + ".card"); }
  std::filesystem::path authority_certificate(const std::string& name) const {
    return published() / (name + ".crt");
  }
  std::filesystem::path responder_certificate(const std::string& name) const {
    return published() / (name + "-responder.crt");
  }
  std::filesystem::path checkpoint_key() const { return published() / "checkpoint.vkey"; }
};

}  // namespace shomei::home
