#include "home/move/fill_store.h"

namespace shomei::home {
namespace {

// Proven like a copy, from the rows of both.
Result<FilledStore> recognise(journal::Rows& from, journal::Rows& found,
                              const journal::ProofOptions& options) {
  SHOMEI_TRY(const auto wanted, journal::digest_store(from, options.progress));
  auto proof = journal::prove_store(found, wanted, options);
  if (!proof && proof.error().code == "copy_differs")
    return conflict("store_not_empty", {{"kind", std::string(proof.error().parameter("kind"))}});
  if (!proof) return proof.error();
  return FilledStore{*std::move(proof), true};
}

}  // namespace

Result<FilledStore> fill_store(journal::Rows& from, journal::Engine& into,
                               const journal::ProofOptions& options) {
  SHOMEI_TRY(const auto to, into.begin(journal::Access::write));
  SHOMEI_TRY(const bool empty, journal::is_empty(*to));
  if (!empty) return recognise(from, *to, options);
  SHOMEI_TRY(auto proof, journal::copy_store(from, *to, options));
  SHOMEI_CHECK(to->commit());
  return FilledStore{std::move(proof), false};
}

}  // namespace shomei::home
