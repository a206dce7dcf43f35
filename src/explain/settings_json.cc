#include <nlohmann/json.hpp>

#include "explain/decision_json.h"
#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::explain {
namespace {

using nlohmann::json;
using rules::Reason;
using rules::Settings;
using shomei::json::Members;

constexpr std::size_t kSettingsBytesMax = 16 * 1024;

struct ReasonSetting {
  const char* member;
  Reason Settings::*reason;
};
constexpr ReasonSetting kReasons[] = {
    {"death", &Settings::death},
    {"left_japan", &Settings::left_japan},
    {"lost_status", &Settings::lost_status},
    {"card_returned", &Settings::card_returned},
    {"recording_error", &Settings::recording_error},
    {"key_doubt", &Settings::key_doubt},
};

}  // namespace

std::string encode_settings(const Settings& settings) {
  const Settings usual;
  json object = json::object();
  if (settings.renewal_counts_from != usual.renewal_counts_from)
    object["renewal_counts_from"] = name(settings.renewal_counts_from);
  if (settings.hold_is_final != usual.hold_is_final) object["hold_is_final"] = settings.hold_is_final;
  for (const auto& [member, reason] : kReasons)
    if (settings.*reason != usual.*reason) object[member] = name(settings.*reason);
  if (settings.stay_special_period_since)
    object["stay_special_period_since"] = format_date(*settings.stay_special_period_since);
  if (settings.weak_pins_refused != usual.weak_pins_refused)
    object["weak_pins_refused"] = settings.weak_pins_refused;
  if (settings.overseas_address_ja != usual.overseas_address_ja)
    object["overseas_address_ja"] = settings.overseas_address_ja;
  if (settings.overseas_address_en != usual.overseas_address_en)
    object["overseas_address_en"] = settings.overseas_address_en;
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Settings> parse_settings(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kSettingsBytesMax));
  Members members(object);
  Settings settings;
  SHOMEI_TRY(const auto count, members.word_if("renewal_counts_from", rules::parse_renewal_count,
                                               rules::RenewalCount::day_of_renewal));
  settings.renewal_counts_from = count.value_or(settings.renewal_counts_from);
  SHOMEI_TRY(settings.hold_is_final, members.flag("hold_is_final", settings.hold_is_final));
  for (const auto& [member, reason] : kReasons) {
    SHOMEI_TRY(const auto word, members.word_if(member, rules::parse_reason, Reason::certificateHold));
    settings.*reason = word.value_or(settings.*reason);
  }
  SHOMEI_TRY(settings.stay_special_period_since, members.date_if("stay_special_period_since"));
  SHOMEI_TRY(settings.weak_pins_refused, members.flag("weak_pins_refused", settings.weak_pins_refused));
  SHOMEI_TRY(auto ja, members.text_if("overseas_address_ja"));
  if (ja) settings.overseas_address_ja = *std::move(ja);
  SHOMEI_TRY(auto en, members.text_if("overseas_address_en"));
  if (en) settings.overseas_address_en = *std::move(en);
  SHOMEI_CHECK(members.expect_no_other());
  return settings;
}

}  // namespace shomei::explain
