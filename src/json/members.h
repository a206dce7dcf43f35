// Reads a JSON object member by member, strictly: every member is known, comes once and is of its type.
// Errors name the member by its whole path, "certificates[1].state". `null` counts as absent. Included by .cc
// files alone, since the JSON library is slow to compile.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/calendar.h"
#include "base/result.h"

namespace shomei::json {

inline constexpr std::size_t kTextBytesMax = 1000;

// Borrows the object: it must outlive its members.
class Members {
 public:
  // `path` names the object: "card", "certificates[1]"; empty for the whole. The limit of texts holds for the
  // objects in it too.
  explicit Members(const nlohmann::json& object, std::string path = "",
                   std::size_t text_bytes_max = kTextBytesMax)
      : object_(object), path_(std::move(path)), text_bytes_max_(text_bytes_max) {}

  // Wrong type: malformed "member_type" {member, type}. Missing: "member_missing" {member}, or none by *_if.
  // Texts: "member_too_long" {member, max}. Days and instants: "member_day", "member_instant" {member,
  // value}.
  Result<std::optional<std::string>> text_if(std::string_view member);
  Result<std::string> text(std::string_view member);
  Result<std::optional<Date>> date_if(std::string_view member);
  Result<Date> date(std::string_view member);
  Result<std::optional<Instant>> instant_if(std::string_view member);
  Result<Instant> instant(std::string_view member);
  Result<bool> flag(std::string_view member, bool absent);
  Result<std::optional<Members>> object_if(std::string_view member);
  // "too_many_items" {member, max}. Null when there is none.
  Result<const nlohmann::json*> array_if(std::string_view member, std::size_t items_max);

  // One of the words name(E) from the first enumerator to `last`: else "value_unknown" {member, value,
  // allowed}.
  template <class E>
  Result<std::optional<E>> word_if(std::string_view member, std::optional<E> (*parse)(std::string_view),
                                   E last) {
    SHOMEI_TRY(const auto text, text_if(member));
    if (!text) return std::optional<E>{};
    const auto found = parse(*text);
    if (!found) return unknown_word(full(member), *text, words_to(last));
    return std::optional<E>{found};
  }
  template <class E>
  static std::string words_to(E last) {
    std::string words;
    for (int i = 0; i <= static_cast<int>(last); ++i)
      words += (words.empty() ? "" : ", ") + std::string(name(static_cast<E>(i)));
    return words;
  }
  static Error unknown_word(const std::string& member, const std::string& value, std::string allowed);
  Error missing(std::string_view member) const;
  std::string full(std::string_view member) const;
  // After all were asked for: malformed "member_unknown" {member, known}.
  Result<void> expect_no_other() const;

 private:
  const nlohmann::json* find(std::string_view member);
  const nlohmann::json& object_;
  std::string path_;
  std::size_t text_bytes_max_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace shomei::json
