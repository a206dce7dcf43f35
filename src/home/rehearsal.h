// Rehearsal: a whole copy of a home, in a folder of its own, for trying out what nobody tries on the real
// one: files, keys in files, and the store as it stands, in SQLite whatever keeps the original. What is
// signed in it is signed with the home's own keys: nothing of it may leave the folder, and the folder goes
// away with the object.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "home/home.h"
#include "journal/copy/copy.h"

namespace shomei::home {

class Rehearsal {
 public:
  // The home may be open for reading alone. refused "rehearsal_key_on_token" {key, place}: a copy of it would
  // sign with the very token. What copy_store and files/ say.
  static Result<Rehearsal> make(const Home& of, const journal::CopyProgress& progress = {});
  Rehearsal(Rehearsal&& other) noexcept : root_(std::exchange(other.root_, {})) {}
  Rehearsal& operator=(Rehearsal&&) = delete;
  ~Rehearsal();

  const std::filesystem::path& root() const { return root_; }

 private:
  explicit Rehearsal(std::filesystem::path root) : root_(std::move(root)) {}
  std::filesystem::path root_;
};

}  // namespace shomei::home
