#include "home/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "base/bytes.h"
#include "home/keys/read_key_settings.h"
#include "home/read_acts_settings.h"
#include "home/read_officer_settings.h"
#include "home/read_status_settings.h"
#include "home/toml_table.h"
#include "pki/jis.h"

namespace shomei::home {
namespace {

Result<void> read_address(TomlTable& table, std::string_view key, Address& into) {
  std::string text = format_address(into);
  SHOMEI_CHECK(table.read(key, text, "an address like \"127.0.0.1:8440\""));
  SHOMEI_TRY(into, parse_address(text));
  return {};
}

Result<void> read_seconds(TomlTable& table, std::string_view key, std::chrono::seconds& into) {
  std::int64_t seconds = into.count();
  SHOMEI_CHECK(table.read(key, seconds, "a number of seconds"));
  if (seconds < 1 || seconds > 366 * 86400) return wrong_value(table.full(key), "1 second to 366 days");
  into = std::chrono::seconds{seconds};
  return {};
}

Result<void> read_oid(TomlTable& table, std::string_view key, der::Oid& into) {
  std::string text = into.dotted();
  SHOMEI_CHECK(table.read(key, text, "an object identifier"));
  SHOMEI_TRY(into, der::Oid::parse_dotted(text));
  return {};
}

// Of keys that sign certificates: readers of JPKI certificates know RSA and ECDSA, and not Ed25519.
Result<void> read_signing_key_type(TomlTable& table, std::string_view key, crypto::KeyType& into) {
  std::string text(crypto::name(into));
  SHOMEI_CHECK(table.read(key, text, "a key type"));
  SHOMEI_TRY(into, crypto::parse_key_type(text));
  if (into == crypto::KeyType::ed25519)
    return wrong_value(table.full(key), "rsa-2048, rsa-3072, ec-p256 or ec-p384");
  return {};
}

Result<void> read_services(TomlTable& root, Settings& settings) {
  SHOMEI_TRY(auto table, root.table("services"));
  if (!table) return {};
  SHOMEI_CHECK(read_address(*table, "status", settings.status));
  SHOMEI_CHECK(read_address(*table, "authority", settings.authority));
  SHOMEI_CHECK(read_address(*table, "metrics", settings.metrics));
  SHOMEI_CHECK(read_seconds(*table, "ocsp_validity_seconds", settings.ocsp_validity));
  SHOMEI_CHECK(read_seconds(*table, "crl_validity_seconds", settings.crl.validity));
  SHOMEI_CHECK(read_acts(*table, settings.acts));
  return table->expect_no_other();
}

Result<void> read_kind(TomlTable& profile, std::string_view key, authority::KindProfile& into) {
  SHOMEI_TRY(auto table, profile.table(key));
  if (!table) return {};
  SHOMEI_CHECK(table->read("unit", into.unit, "a text"));
  SHOMEI_CHECK(table->read("unit_ja", into.unit_ja, "a text"));
  SHOMEI_CHECK(read_oid(*table, "policy", into.policy));
  SHOMEI_CHECK(table->read("ocsp_url", into.ocsp_url, "a URL, or \"\" for none"));
  SHOMEI_CHECK(table->read("issuing", into.issuing, "an authority like \"signature-1\", or \"\""));
  return table->expect_no_other();
}

Result<void> read_substitute(TomlTable& table, char32_t& into) {
  std::string text = pki::to_utf8(into);
  SHOMEI_CHECK(table.read("substitute_character", text, "one character"));
  SHOMEI_TRY(const auto characters, pki::characters(text));
  if (characters.size() != 1 || !pki::in_jis(characters[0].code_point))
    return wrong_value(table.full("substitute_character"), "one character of JIS");
  into = characters[0].code_point;
  return {};
}

Result<void> read_profile(TomlTable& root, authority::Profile& profile) {
  SHOMEI_TRY(auto table, root.table("profile"));
  if (!table) return {};
  SHOMEI_CHECK(table->read("organization", profile.organization, "a text"));
  SHOMEI_CHECK(table->read("organization_ja", profile.organization_ja, "a text"));
  SHOMEI_CHECK(table->read("agency", profile.agency, "a text"));
  SHOMEI_CHECK(table->read("agency_ja", profile.agency_ja, "a text"));
  SHOMEI_CHECK(table->read("cps_uri", profile.cps_uri, "a URL"));
  SHOMEI_CHECK(read_signing_key_type(*table, "authority_key", profile.authority_key));
  SHOMEI_CHECK(read_signing_key_type(*table, "subject_key", profile.subject_key));
  std::int64_t years = profile.authority_years;
  SHOMEI_CHECK(table->read("authority_years", years, "a number of years"));
  if (years < 1 || years > 30) return wrong_value(table->full("authority_years"), "1 to 30");
  profile.authority_years = static_cast<int>(years);
  std::string serial =
      profile.serial_form == authority::SerialForm::random_64 ? "random-64" : "sequential-32";
  SHOMEI_CHECK(table->read("serial", serial, "\"random-64\" or \"sequential-32\""));
  if (serial != "random-64" && serial != "sequential-32")
    return wrong_value(table->full("serial"), "\"random-64\" or \"sequential-32\"");
  profile.serial_form =
      serial == "random-64" ? authority::SerialForm::random_64 : authority::SerialForm::sequential_32;
  SHOMEI_CHECK(read_substitute(*table, profile.substitute_character));
  SHOMEI_CHECK(read_kind(*table, "signature", profile.signature));
  SHOMEI_CHECK(read_kind(*table, "user_authentication", profile.user_authentication));
  return table->expect_no_other();
}

std::string word_text(std::uint16_t word) {
  Bytes bytes;
  append_u16(bytes, word);
  return to_hex_upper(bytes);
}

// One of two status words, as four hexadecimal digits.
Result<void> read_word(TomlTable& table, std::string_view key, std::array<std::uint16_t, 2> words,
                       std::uint16_t& into) {
  const std::string wanted = "\"" + word_text(words[0]) + "\" or \"" + word_text(words[1]) + "\"";
  std::string text = word_text(into);
  SHOMEI_CHECK(table.read(key, text, wanted));
  const auto chosen = std::ranges::find(words, text, word_text);
  if (chosen == words.end()) return wrong_value(table.full(key), wanted);
  into = *chosen;
  return {};
}

Result<void> read_card(TomlTable& root, Settings& settings) {
  SHOMEI_TRY(auto table, root.table("card"));
  if (!table) return {};
  SHOMEI_CHECK(read_word(*table, "blocked_word", {0x6984, 0x6983}, settings.card_blocked_word));
  SHOMEI_CHECK(
      read_word(*table, "secure_messaging_word", {0x6882, 0x69FC}, settings.card_secure_messaging_word));
  SHOMEI_CHECK(table->read("hides_empty_files", settings.card_hides_empty_files, "true or false"));
  constexpr std::string_view kAttestationWords = "\"required\" or \"accepted\"";
  std::string attestation = settings.attestation_required ? "required" : "accepted";
  SHOMEI_CHECK(table->read("attestation", attestation, kAttestationWords));
  if (attestation != "required" && attestation != "accepted")
    return wrong_value(table->full("attestation"), kAttestationWords);
  settings.attestation_required = attestation == "required";
  return table->expect_no_other();
}

Result<void> read_reason(TomlTable& table, std::string_view key, rules::Reason& into) {
  std::string text(rules::name(into));
  SHOMEI_CHECK(table.read(key, text, "a reason by its RFC 5280 name"));
  const auto reason = rules::parse_reason(text);
  if (!reason || *reason == rules::Reason::certificateHold)
    return wrong_value(table.full(key), "a reason by its RFC 5280 name, not certificateHold");
  into = *reason;
  return {};
}

Result<void> read_special_period(TomlTable& table, rules::Settings& rules) {
  constexpr std::string_view kKey = "stay_special_period_since";
  constexpr std::string_view kWanted = "a day like \"2026-11-22\", or \"\" for never";
  std::string since;
  SHOMEI_CHECK(table.read(kKey, since, kWanted));
  if (since.empty()) return {};
  const auto day = parse_date(since);
  if (!day) return wrong_value(table.full(kKey), kWanted);
  rules.stay_special_period_since = *day;
  return {};
}

// It stands in certificates, whose addresses have up to 200 characters.
Result<void> read_overseas_address(TomlTable& table, std::string_view key, std::string& into) {
  constexpr std::size_t kBytesMax = 200;
  constexpr std::string_view kWanted = "a text of up to 200 bytes with {date}";
  SHOMEI_CHECK(table.read(key, into, kWanted));
  if (into.size() > kBytesMax || into.find("{date}") == std::string::npos)
    return wrong_value(table.full(key), kWanted);
  return {};
}

Result<void> read_rules(TomlTable& root, rules::Settings& rules) {
  SHOMEI_TRY(auto table, root.table("rules"));
  if (!table) return {};
  std::string count(rules::name(rules.renewal_counts_from));
  SHOMEI_CHECK(table->read("renewal_counts_from", count, "a text"));
  const auto known_count = rules::parse_renewal_count(count);
  if (!known_count)
    return wrong_value(table->full("renewal_counts_from"), "\"old_last_day\" or \"day_of_renewal\"");
  rules.renewal_counts_from = *known_count;
  SHOMEI_CHECK(table->read("hold_is_final", rules.hold_is_final, "true or false"));
  SHOMEI_CHECK(table->read("weak_pins_refused", rules.weak_pins_refused, "true or false"));
  SHOMEI_CHECK(read_reason(*table, "reason_of_death", rules.death));
  SHOMEI_CHECK(read_reason(*table, "reason_of_leaving_japan", rules.left_japan));
  SHOMEI_CHECK(read_reason(*table, "reason_of_lost_status", rules.lost_status));
  SHOMEI_CHECK(read_reason(*table, "reason_of_returned_card", rules.card_returned));
  SHOMEI_CHECK(read_reason(*table, "reason_of_recording_error", rules.recording_error));
  SHOMEI_CHECK(read_reason(*table, "reason_of_key_doubt", rules.key_doubt));
  SHOMEI_CHECK(read_special_period(*table, rules));
  SHOMEI_CHECK(read_overseas_address(*table, "overseas_address_ja", rules.overseas_address_ja));
  SHOMEI_CHECK(read_overseas_address(*table, "overseas_address_en", rules.overseas_address_en));
  return table->expect_no_other();
}

Result<void> read_directory(TomlTable& root, counter::Directory& directory) {
  SHOMEI_TRY(auto municipalities, root.tables("municipality"));
  for (auto& table : municipalities) {
    authority::Municipality m;
    SHOMEI_CHECK(table.read("code", m.code, "five digits"));
    SHOMEI_CHECK(table.read("prefecture", m.prefecture, "a text"));
    SHOMEI_CHECK(table.read("city", m.city, "a text"));
    SHOMEI_CHECK(table.expect_no_other());
    if (!rules::parse_municipality(m.code) || m.prefecture.empty() || m.city.empty())
      return wrong_value("municipality", "a code of five digits, prefecture and city");
    directory.municipalities.push_back(std::move(m));
  }
  SHOMEI_TRY(auto offices, root.tables("office"));
  for (auto& table : offices) {
    counter::Office o;
    std::string id;
    SHOMEI_CHECK(table.read("id", id, "an identifier"));
    SHOMEI_TRY(o.id, OfficeId::parse(id));
    std::string kind = "city_hall";
    std::string hours;
    SHOMEI_CHECK(table.read("kind", kind, "a text"));
    SHOMEI_CHECK(table.read("hours", hours, "a text"));
    SHOMEI_CHECK(table.read("municipality", o.municipality, "five digits"));
    SHOMEI_CHECK(table.read("name", o.name, "a text"));
    SHOMEI_CHECK(table.expect_no_other());
    const auto known_kind = rules::parse_office_kind(kind);
    if (!known_kind)
      return wrong_value(table.full("kind"),
                         "city_hall, branch_office, diplomatic_mission, kiosk, online or call_centre");
    o.kind = *known_kind;
    if (!hours.empty()) o.hours = rules::parse_hours(hours);
    if (!hours.empty() && !o.hours)
      return wrong_value(table.full("hours"), "hours like \"Mo-Fr 08:30-17:15, Sa 09:00-12:00\"");
    if (!o.municipality.empty() && !rules::parse_municipality(o.municipality))
      return wrong_value(table.full("municipality"), "five digits");
    directory.offices.push_back(std::move(o));
  }
  if (directory.offices.empty()) return wrong_value("office", "there at least once");
  if (directory.municipalities.empty()) return wrong_value("municipality", "there at least once");
  return {};
}

Result<Settings> read_root(const toml::table& parsed) {
  Settings settings;
  TomlTable root(parsed, "");
  std::int64_t format = kHomeFormat;
  SHOMEI_CHECK(root.read("format", format, "a number"));
  if (format < 1) return wrong_value("format", "1 or more");
  if (format > kHomeFormat)
    return refused("settings_newer",
                   {{"found", std::to_string(format)}, {"known", std::to_string(kHomeFormat)}});
  SHOMEI_CHECK(root.read("demo", settings.demo, "true or false"));
  SHOMEI_CHECK(root.read("journal_origin", settings.journal_origin, "a text"));
  SHOMEI_CHECK(read_services(root, settings));
  SHOMEI_CHECK(read_status(root, settings.status_service));
  SHOMEI_CHECK(read_profile(root, settings.profile));
  SHOMEI_CHECK(read_card(root, settings));
  SHOMEI_CHECK(read_rules(root, settings.rules));
  SHOMEI_CHECK(read_directory(root, settings.directory));
  SHOMEI_CHECK(read_keys(root, settings.keys));
  SHOMEI_CHECK(read_store(root, settings.store));
  SHOMEI_CHECK(read_officers(root, settings.officers));
  SHOMEI_CHECK(root.expect_no_other());
  return settings;
}

}  // namespace

Result<Settings> parse_settings(std::string_view text) {
  SHOMEI_TRY(const auto parsed, parse_toml(text));
  return read_root(parsed);
}

Result<Address> parse_address(std::string_view text) {
  const auto bad = [&] { return malformed("address_text_form", {{"text", std::string(text)}}); };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return bad();
  Address address{std::string(text.substr(0, colon)), 0};
  if (address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2);
  const auto port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size()) return bad();
  return address;
}

std::string format_address(const Address& address) {
  const bool six = address.host.find(':') != std::string::npos;
  return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace shomei::home
