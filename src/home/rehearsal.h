// Rehearsal: a whole copy of a home, in a folder of its own, for trying out what nobody tries on the real
// one: files, keys in files, and the store as it stands, in SQLite whatever keeps the original. What is
// signed in it is signed with the home's own keys: nothing of it may leave the folder, and the folder goes
// away with the object. A process that is killed leaves it; whose process lives holds a lock in it, so that
// the next one can tell what nobody uses any more.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "files/lock.h"
#include "home/home.h"
#include "journal/copy/copy.h"

namespace shomei::home {

class Rehearsal {
 public:
  // The home may be open for reading alone. refused "rehearsal_key_on_token" {key, place}: a copy of it would
  // sign with the very token. What copy_store and files/ say.
  static Result<Rehearsal> make(const Home& of, const journal::CopyProgress& progress = {});
  Rehearsal(Rehearsal&& other) noexcept
      : root_(std::exchange(other.root_, {})), lock_(std::move(other.lock_)) {}
  Rehearsal& operator=(Rehearsal&&) = delete;
  ~Rehearsal();

  const std::filesystem::path& root() const { return root_; }

 private:
  explicit Rehearsal(std::filesystem::path root) : root_(std::move(root)) {}
  static Result<Rehearsal> stand_beside(const std::filesystem::path& home);

  std::filesystem::path root_;
  std::optional<files::FileLock> lock_;
};

// The copies beside the home whose processes are gone, keys and all; whether there is a home or not.
std::vector<std::filesystem::path> left_rehearsals(const std::filesystem::path& home);
// Deletes those of them whose locks say so; what has that name and no lock may be something else, and is left
// as what could not be deleted is.
struct SweptRehearsals {
  std::vector<std::filesystem::path> deleted, left;
};
SweptRehearsals sweep_rehearsals(const std::filesystem::path& home);

}  // namespace shomei::home
