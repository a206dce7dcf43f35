#include "officers/books.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::officers {
namespace {

constexpr std::size_t kDigestDigits = 40;

ResidentId book(std::string_view word, std::string_view of) {
  const auto digest = crypto::sha256(to_bytes("shomei book " + std::string(word) + '\0' + std::string(of)));
  auto id = ResidentId::parse(std::string(word) + "-" + to_hex(digest).substr(0, kDigestDigits));
  SHOMEI_INVARIANT(id.has_value());
  return *std::move(id);
}

Error unreadable(std::uint64_t sequence) {
  return refused("officer_entry_unreadable", {{"sequence", std::to_string(sequence)}});
}

}  // namespace

ResidentId book_of_officer(std::string_view officer) {
  return book("officer", officer);
}

ResidentId book_of_proposal(std::string_view request) {
  return book("proposal", request);
}

ResidentId book_of_glass() {
  return book("glass", "");
}

ResidentId roll() {
  return book("roll", "");
}

Result<void> each_entry_of(journal::Rows& rows, const ResidentId& book,
                           const std::function<Result<void>(const BookEntry&)>& each) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_resident(book));
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    if (!stored) return unreadable(sequence);
    const auto& part = stored->parts[static_cast<std::size_t>(journal::PartKind::officer)];
    // A row that somebody has changed behind the journal's back appoints nobody.
    if (!part || journal::commit(journal::PartKind::officer, *part) != stored->entry.commitments[2])
      return unreadable(sequence);
    SHOMEI_TRY(auto fields, journal::parse_fields(part->body));
    SHOMEI_CHECK(each({sequence, stored->entry.recorded_at, stored->entry.act, std::move(fields)}));
  }
  return {};
}

Result<crypto::Sha256> parse_digest(std::string_view hex) {
  crypto::Sha256 digest{};
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != digest.size()) return unreadable_field("a digest is no SHA-256");
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

void say(journal::Fields& fields, std::string_view name, std::string_view text) {
  fields.insert_or_assign(std::string(name), to_bytes(text));
}

Error unreadable_field(std::string_view what) {
  return malformed("part_form", {{"what", std::string(what)}});
}

}  // namespace shomei::officers
