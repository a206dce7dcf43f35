#include "mass/query.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>

#include "base/shown_text.h"
#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::mass {
namespace {

using json::Members;
using Json = nlohmann::json;

constexpr std::size_t kQueryBytesMax = 256 * 1024;
constexpr std::size_t kItemsMax = 10'000;
constexpr std::array<std::string_view, 6> kWeaknesses{"roca",         "small_factor", "close_primes",
                                                      "shared_prime", "listed",       "blocked"};

std::optional<Weakness> parse_weakness(std::string_view text) {
  for (std::size_t i = 0; i < kWeaknesses.size(); ++i)
    if (kWeaknesses[i] == text) return static_cast<Weakness>(i);
  return std::nullopt;
}

// Every text of the array, made by `parse`, an error of which names the member.
template <class T, class Parse>
Result<std::vector<T>> list_of(Members& members, std::string_view member, Parse parse) {
  std::vector<T> items;
  SHOMEI_TRY(const auto* array, members.array_if(member, kItemsMax));
  if (!array) return items;
  for (const auto& item : *array) {
    if (!item.is_string())
      return malformed("member_type", {{"member", members.full(member)}, {"type", "texts"}});
    const auto& text = item.template get_ref<const std::string&>();
    auto parsed = parse(text);
    if (!parsed)
      return malformed("mass_query_item",
                       {{"member", members.full(member)}, {"value", fit_for_sentence(text)}});
    items.push_back(*std::move(parsed));
  }
  return items;
}

Result<std::string> as_it_is(const std::string& text) {
  if (text.empty() || text.find_first_of(" \n") != std::string::npos) return malformed("mass_query_item");
  return text;
}

Result<KeyQuery> parse_key(Members members) {
  KeyQuery key;
  SHOMEI_TRY(key.types, list_of<crypto::KeyType>(members, "types", crypto::parse_key_type));
  SHOMEI_TRY(key.weak, list_of<Weakness>(members, "weak", parse_weakness));
  SHOMEI_TRY(const auto exponent, members.text_if("rsa_exponent"));
  if (exponent) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(exponent->data(), exponent->data() + exponent->size(), value);
    if (error != std::errc() || end != exponent->data() + exponent->size() || value < 1)
      return malformed("mass_query_item",
                       {{"member", "key.rsa_exponent"}, {"value", fit_for_sentence(*exponent)}});
    key.rsa_exponent = value;
  }
  SHOMEI_CHECK(members.expect_no_other());
  return key;
}

template <class Items, class Text>
void put_list(Json& to, const char* member, const Items& items, Text text) {
  if (items.empty()) return;
  auto& list = to[member] = Json::array();
  for (const auto& item : items) list.push_back(text(item));
}

template <class Item>
void put_file(Json& to, const char* member, const std::optional<FileList<Item>>& list) {
  if (list) to[member] = {{"count", list->items.size()}, {"sha256", to_hex_upper(list->digest)}};
}

}  // namespace

std::string_view name(Weakness weakness) {
  return kWeaknesses[static_cast<std::size_t>(weakness)];
}

Result<Query> parse_query(std::string_view text) {
  SHOMEI_TRY(const auto object, json::parse_object(text, kQueryBytesMax));
  Members members(object);
  Query query;
  SHOMEI_TRY(query.authorities, list_of<std::string>(members, "authorities", as_it_is));
  SHOMEI_TRY(query.kinds, list_of<pki::CertificateKind>(members, "kinds", pki::parse_certificate_kind));
  SHOMEI_TRY(query.offices, list_of<OfficeId>(members, "offices", OfficeId::parse));
  SHOMEI_TRY(query.municipalities, list_of<std::string>(members, "municipalities", as_it_is));
  SHOMEI_TRY(query.issued_from, members.instant_if("issued_from"));
  SHOMEI_TRY(query.issued_until, members.instant_if("issued_until"));
  SHOMEI_TRY(auto key, members.object_if("key"));
  if (key) {
    SHOMEI_TRY(query.key, parse_key(*std::move(key)));
  }
  SHOMEI_CHECK(members.expect_no_other());
  return query;
}

std::string encode_query(const Query& query) {
  Json json = Json::object();
  const auto same = [](const std::string& text) { return text; };
  put_list(json, "authorities", query.authorities, same);
  put_list(json, "kinds", query.kinds, [](auto kind) { return pki::name(kind); });
  put_list(json, "offices", query.offices, [](const auto& office) { return office.text(); });
  put_list(json, "municipalities", query.municipalities, same);
  if (query.issued_from) json["issued_from"] = format_jst(*query.issued_from);
  if (query.issued_until) json["issued_until"] = format_jst(*query.issued_until);
  if (query.key.asks()) {
    auto& key = json["key"] = Json::object();
    put_list(key, "types", query.key.types, [](auto type) { return crypto::name(type); });
    put_list(key, "weak", query.key.weak, [](auto weakness) { return name(weakness); });
    if (query.key.rsa_exponent) key["rsa_exponent"] = std::to_string(*query.key.rsa_exponent);
  }
  put_file(json, "certificates", query.certificates);
  put_file(json, "cards", query.cards);
  return json.dump();
}

Result<void> expect_not_empty(const Query& query) {
  if (query == Query{}) return refused("mass_query_empty");
  return {};
}

}  // namespace shomei::mass
