// Fills a store with certificates that were issued and delivered, two a person, by several threads. The
// people come first, then their certificates; who gets the next one is at random among the people, as the
// serial numbers are.
#pragma once

#include <cstdint>
#include <functional>

#include "app/fill_issues.h"
#include "crypto/signer.h"

namespace shomei::app {

struct FillReport {
  std::uint64_t certificates = 0;
  std::uint64_t residents = 0;
  std::uint64_t entries = 0;  // that were added to the journal
};

// `certificates` is even. `progress` is told what is being put, and how many are there. The filling is
// finished, with a checkpoint that `checkpoint_signer` signs. unavailable "interrupted" when it was stopped:
// the filling is of no use then.
Result<FillReport> fill_store(const counter::Parts& parts, crypto::Signer& checkpoint_signer,
                              store::Filling& filling, std::uint64_t certificates, FillOptions options,
                              const std::function<void(std::string_view, std::size_t)>& progress);

}  // namespace shomei::app
