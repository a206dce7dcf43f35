#include "filter/filter.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::filter {
namespace {

struct Head {
  Section section;
  Shape first, second;
};

Result<Head> take_head(Cursor& cursor) {
  Head head;
  SHOMEI_TRY(head.section.authority, take_authority(cursor));
  SHOMEI_TRY(head.section.count, take_count(cursor));
  SHOMEI_TRY(head.first, take_shape(cursor));
  SHOMEI_TRY(head.second, take_shape(cursor));
  const bool maps = has_maps(head.section.count);
  if (head.second.columns != (maps ? 1U : 0U) || (!maps && head.first.columns != 0))
    return bad_form("an authority's maps do not fit its counts");
  return head;
}

Result<std::vector<Section>> take_sections(Cursor& cursor) {
  SHOMEI_TRY(const auto count, cursor.take_number(1));
  std::vector<Head> heads;
  for (std::uint64_t i = 0; i < count; ++i) {
    SHOMEI_TRY(auto head, take_head(cursor));
    heads.push_back(std::move(head));
  }
  std::vector<Section> sections;
  for (auto& head : heads) {
    SHOMEI_TRY(head.section.first, take_retrieval(cursor, head.first));
    SHOMEI_TRY(head.section.second, take_retrieval(cursor, head.second));
    sections.push_back(std::move(head.section));
  }
  return sections;
}

bool continues(const std::vector<Authority>& later, const std::vector<Authority>& earlier) {
  return later.size() >= earlier.size() &&
         std::ranges::equal(earlier, std::span(later).first(earlier.size()));
}

}  // namespace

std::string_view name(Answer answer) {
  switch (answer) {
    case Answer::good:
      return "good";
    case Answer::revoked_or_held:
      return "revoked_or_held";
    case Answer::authority_not_covered:
      return "authority_not_covered";
    case Answer::later_than_filter:
      return "later_than_filter";
  }
  SHOMEI_INVARIANT(false);
}

Result<Filter> Filter::open(ByteView file, const journal::VerifierKey& key) {
  SHOMEI_TRY(auto sealed, open_sealed(FileKind::filter, file, key));
  Filter filter;
  Cursor cursor(sealed.content);
  SHOMEI_TRY(const auto salt, cursor.take(filter.salt_.size()));
  std::ranges::copy(salt, filter.salt_.begin());
  SHOMEI_TRY(filter.sections_, take_sections(cursor));
  SHOMEI_CHECK(cursor.expect_done());
  for (const auto& section : filter.sections_) {
    filter.authorities_.push_back(section.authority);
    filter.counts_.push_back(section.count);
  }
  if (!check_authorities(filter.authorities_)) return bad_form("its authorities cannot be");
  filter.standing_ = std::move(sealed.standing);
  filter.digest_ = sealed.digest;
  return filter;
}

Result<void> Filter::apply(Delta delta) {
  if (delta.base() != digest_ || delta.base_size() != standing_.checkpoint.size ||
      delta.standing().checkpoint.origin != standing_.checkpoint.origin ||
      !continues(delta.authorities(), authorities_))
    return conflict("filter_delta_of_another", {{"base", to_hex(delta.base())}, {"filter", to_hex(digest_)}});
  const auto& now = standing();
  const auto size = delta.standing().checkpoint.size;
  if (size < now.checkpoint.size || delta.standing().made_at < now.made_at)
    return conflict("filter_delta_older",
                    {{"size", std::to_string(size)}, {"standing", std::to_string(now.checkpoint.size)}});
  delta_ = std::move(delta);
  return {};
}

Answer Filter::answer(const Issuer& issuer, const pki::SerialNumber& serial) const {
  const auto& all = authorities();
  const auto found = std::ranges::find(all, issuer, &Authority::issuer);
  if (found == all.end()) return Answer::authority_not_covered;
  const auto index = static_cast<std::size_t>(found - all.begin());
  const Key key = key_of(salt_, serial);
  if (const auto changed = delta_ ? delta_->answer(index, key) : std::nullopt)
    return *changed ? Answer::revoked_or_held : Answer::good;
  const bool revoked = index < sections_.size() && sections_[index].revoked(key);
  return revoked ? Answer::revoked_or_held : Answer::good;
}

Bytes encode_sections(const Salt& salt, std::span<const Section> sections) {
  Bytes content = to_bytes(salt);
  content.push_back(static_cast<std::uint8_t>(sections.size()));
  for (const auto& section : sections) {
    append_authority(content, section.authority);
    append_count(content, section.count);
    append_shape(content, section.first.shape());
    append_shape(content, section.second.shape());
  }
  for (const auto& section : sections) {
    section.first.append_words(content);
    section.second.append_words(content);
  }
  return content;
}

}  // namespace shomei::filter
