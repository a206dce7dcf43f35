#include "home/ceremony/ceremony_file.h"

#include <algorithm>

#include "authority/ceremony.h"
#include "home/toml_table.h"

namespace shomei::home {
namespace {

constexpr std::size_t kTextBytesMax = 200;
constexpr std::size_t kWitnessesMax = 50;
constexpr std::size_t kAuthoritiesMax = 8;
constexpr std::int64_t kGenerationMax = 99;
constexpr std::int64_t kYearsMax = 30;

// It stands in a transcript of lines, which somebody signs.
bool is_line(std::string_view text) {
  return !text.empty() && text.size() <= kTextBytesMax &&
         std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

Result<void> read_number(TomlTable& table, std::string_view key, std::int64_t max, std::int64_t& into) {
  const std::string wanted = "a number from 1 to " + std::to_string(max);
  SHOMEI_CHECK(table.read(key, into, wanted));
  if (into < 1 || into > max) return table.wrong(key, wanted);
  return {};
}

Result<void> read_key(TomlTable& table, PlannedKey& into) {
  std::string type;
  std::string place;
  SHOMEI_CHECK(table.read("key", type, "a key type"));
  SHOMEI_CHECK(table.read("place", place, "\"file\" or \"token:NAME\""));
  const auto known = crypto::parse_key_type(type);
  if (!known || *known == crypto::KeyType::ed25519)
    return table.wrong("key", "rsa-2048, rsa-3072, ec-p256 or ec-p384");
  into.type = *known;
  auto where = parse_key_place(place);
  if (!where) return table.wrong("place", "\"file\" or \"token:NAME\"");
  into.place = *std::move(where);
  return {};
}

Result<void> read_kind(TomlTable& table, pki::CertificateKind& into) {
  std::string text;
  SHOMEI_CHECK(table.read("kind", text, "a kind"));
  for (auto kind : {pki::CertificateKind::signature, pki::CertificateKind::user_authentication})
    if (text == pki::name(kind)) {
      into = kind;
      return {};
    }
  return table.wrong("kind", "\"signature\" or \"user_authentication\"");
}

Result<void> read_not_before(TomlTable& table, std::optional<Instant>& into) {
  std::string text;
  constexpr std::string_view kWanted = "an instant like \"2026-12-01T09:00:00+09:00\"";
  SHOMEI_CHECK(table.read("not_before", text, kWanted));
  if (!table.has("not_before")) return {};
  const auto at = parse_instant(text);
  if (!at) return table.wrong("not_before", kWanted);
  into = *at;
  return {};
}

Result<void> read_link(TomlTable& table, PlannedAuthority& into) {
  SHOMEI_CHECK(table.read("link", into.link, "true or false"));
  std::string number = "of-subject";
  SHOMEI_CHECK(table.read("link_number", number, "a text"));
  if (number != "of-subject" && number != "own")
    return table.wrong("link_number", "\"of-subject\" or \"own\"");
  if (number == "own") into.link_number = authority::LinkNumber::own;
  return {};
}

Result<void> read_beside(TomlTable& table, PlannedAuthority& into) {
  SHOMEI_TRY(auto crl, table.table("crl"));
  if (crl) {
    into.crl.emplace();
    SHOMEI_CHECK(read_key(*crl, *into.crl));
    SHOMEI_CHECK(crl->expect_no_other());
  }
  SHOMEI_TRY(auto responder, table.table("responder"));
  if (!responder) return table.wrong("responder", "there: a table with key and place");
  SHOMEI_CHECK(read_key(*responder, into.responder));
  return responder->expect_no_other();
}

Result<PlannedAuthority> read_authority(TomlTable& table) {
  PlannedAuthority planned;
  SHOMEI_CHECK(read_kind(table, planned.kind));
  std::int64_t generation = 0;
  SHOMEI_CHECK(read_number(table, "generation", kGenerationMax, generation));
  planned.generation = static_cast<std::uint32_t>(generation);
  SHOMEI_CHECK(read_key(table, planned.key));
  std::int64_t years = 0;
  SHOMEI_CHECK(read_number(table, "years", kYearsMax, years));
  planned.years = static_cast<int>(years);
  SHOMEI_CHECK(read_not_before(table, planned.not_before));
  constexpr std::string_view kName = "the parts of the name in their order, like [\"C=JP\", \"O=...\"]";
  SHOMEI_CHECK(table.read_list("name", planned.name, kName));
  if (planned.name.empty() || !std::ranges::all_of(planned.name, is_line)) return table.wrong("name", kName);
  SHOMEI_CHECK(read_beside(table, planned));
  SHOMEI_CHECK(read_link(table, planned));
  SHOMEI_CHECK(table.expect_no_other());
  return planned;
}

Result<void> read_people(TomlTable& root, CeremonyFile& file) {
  constexpr std::string_view kTitle = "one line of up to 200 bytes";
  SHOMEI_CHECK(root.read("title", file.title, kTitle));
  if (!is_line(file.title)) return root.wrong("title", kTitle);
  constexpr std::string_view kWitnesses = "1 to 50 names of up to 200 bytes";
  SHOMEI_CHECK(root.read_list("witnesses", file.witnesses, kWitnesses));
  if (file.witnesses.empty() || file.witnesses.size() > kWitnessesMax ||
      !std::ranges::all_of(file.witnesses, is_line))
    return root.wrong("witnesses", kWitnesses);
  return {};
}

Result<void> read_checkpoint(TomlTable& root, CeremonyFile& file) {
  SHOMEI_TRY(auto table, root.table("checkpoint"));
  if (!table) return {};
  std::string place;
  SHOMEI_CHECK(table->read("place", place, "\"file\" or \"token:NAME\""));
  auto where = parse_key_place(place);
  if (!where) return table->wrong("place", "\"file\" or \"token:NAME\"");
  file.checkpoint = *std::move(where);
  return table->expect_no_other();
}

Result<void> read_authorities(TomlTable& root, CeremonyFile& file) {
  SHOMEI_TRY(auto tables, root.tables("authority"));
  if (tables.empty() || tables.size() > kAuthoritiesMax) return root.wrong("authority", "there 1 to 8 times");
  for (auto& table : tables) {
    SHOMEI_TRY(auto planned, read_authority(table));
    const auto same = [&](const PlannedAuthority& other) {
      return other.authority_name() == planned.authority_name();
    };
    if (std::ranges::any_of(file.authorities, same))
      return table.wrong("generation", "another than that of an authority above");
    file.authorities.push_back(std::move(planned));
  }
  return {};
}

}  // namespace

std::string PlannedAuthority::authority_name() const {
  return authority::authority_name_of(kind, generation);
}

Result<CeremonyFile> parse_ceremony_file(std::string_view text) {
  SHOMEI_TRY(const auto parsed, parse_toml(text));
  CeremonyFile file;
  TomlTable root(parsed, "");
  std::int64_t format = 0;
  SHOMEI_CHECK(root.read("ceremony_format", format, "a number"));
  if (format < 1) return root.wrong("ceremony_format", "1");
  if (format > kCeremonyFormat)
    return refused("ceremony_newer",
                   {{"found", std::to_string(format)}, {"known", std::to_string(kCeremonyFormat)}});
  SHOMEI_CHECK(read_people(root, file));
  SHOMEI_CHECK(read_checkpoint(root, file));
  SHOMEI_CHECK(read_authorities(root, file));
  SHOMEI_CHECK(root.expect_no_other());
  file.digest = crypto::sha256(view(text));
  return file;
}

}  // namespace shomei::home
