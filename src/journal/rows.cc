#include "journal/rows.h"

namespace shomei::journal {

Result<void> Rows::foresee(const Foreseen&) {
  return {};
}

Result<std::uint64_t> Rows::journal_size() {
  SHOMEI_TRY(const auto end, head());
  return end.size;
}

Result<std::optional<std::string>> Rows::latest_checkpoint() {
  SHOMEI_TRY(auto end, head());
  return end.checkpoint.empty() ? std::nullopt : std::optional(std::move(end.checkpoint));
}

}  // namespace shomei::journal
