// The rehearsal of a new generation of an authority, and of the way back to the old one: on a copy of the
// home, a ceremony makes it, it issues, both answer and publish; then the old one issues again by the
// settings, and what the new one has issued is revoked by a mass act.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "home/home.h"
#include "journal/copy/copy.h"

namespace shomei::app {

struct GenerationDrill {
  pki::CertificateKind kind{};
  std::size_t issues = 10;  // under each of them
  std::function<void(std::string_view, std::uint64_t)> progress = [](auto, auto) {};
  std::function<bool()> stop = [] { return false; };
};

struct GenerationDrilled {
  InstantMs begun, ended;
  std::string old_name, new_name;
  struct Step {
    std::string what;  // "ceremony", "issued_by_new", …
    double seconds = 0;
    bool holds = false;
    std::string detail;  // of what does not
  };
  std::vector<Step> steps;
  bool holds() const;
};

// refused "rehearsal_key_on_token"; not_found "authority_unknown"; unavailable "interrupted"; what the parts
// say. What does not hold is a step that says so.
Result<GenerationDrilled> drill_generation(const home::Home& of, const GenerationDrill& drill,
                                           const journal::CopyProgress& copying);

}  // namespace shomei::app
