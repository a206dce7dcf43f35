#include "register/register_line.h"

#include <algorithm>

#include "base/limits.h"
#include "base/shown_text.h"
#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::residents {
namespace {

using nlohmann::json;
using shomei::json::Members;

// A day has the same code here as wherever one is typed alone. No day is so long that it is cut.
Result<std::optional<Date>> day_if(Members& members, std::string_view member) {
  SHOMEI_TRY(const auto text, members.text_if(member));
  if (!text) return std::optional<Date>{};
  auto day = parse_date(fit_for_sentence(*text));
  if (!day) return std::move(day).error().with("member", members.full(member));
  return std::optional<Date>{*day};
}

Result<Date> day(Members& members, std::string_view member) {
  SHOMEI_TRY(const auto value, day_if(members, member));
  if (!value) return members.missing(member);
  return *value;
}

Result<std::string> municipality_code(Members& members, std::string_view member) {
  SHOMEI_TRY(const auto code, members.text_if(member));
  if (!code) return std::string{};
  const bool digits =
      code->size() == 5 && std::ranges::all_of(*code, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits)
    return malformed("municipality_form",
                     {{"member", members.full(member)}, {"value", fit_for_sentence(*code)}});
  return *code;
}

// What a certificate, a page and a log can show: no control characters, and of bounded length (in bytes here,
// since a character has at most four; the certificate's own limit in characters is checked when it is made).
Result<std::string> shown_text(Members& members, std::string_view member, std::size_t characters_max) {
  SHOMEI_TRY(auto text, members.text(member));
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (text.empty() || text.size() > characters_max * 4 || std::ranges::any_of(text, control))
    return malformed("text_unfit",
                     {{"member", members.full(member)}, {"max", std::to_string(characters_max)}});
  return text;
}

Result<std::optional<MovingAbroad>> moving_abroad(Members& members) {
  SHOMEI_TRY(auto inner, members.object_if("moving_abroad"));
  if (!inner) return std::optional<MovingAbroad>{};
  MovingAbroad moving;
  SHOMEI_TRY(moving.planned, day(*inner, "planned"));
  SHOMEI_TRY(moving.continued_use, inner->flag("continued_use", false));
  SHOMEI_CHECK(inner->expect_no_other());
  return std::optional<MovingAbroad>{moving};
}

Result<std::optional<CardRecord>> card_of(Members& members) {
  SHOMEI_TRY(auto inner, members.object_if("card"));
  if (!inner) return std::optional<CardRecord>{};
  CardRecord card;
  SHOMEI_TRY(const auto id, inner->text_if("id"));
  if (id) {
    SHOMEI_TRY(card.id, CardId::parse(fit_for_sentence(*id)));
  }
  SHOMEI_TRY(card.valid_until, day(*inner, "valid_until"));
  SHOMEI_TRY(const auto kind, inner->text_if("kind"));
  SHOMEI_TRY(card.kind, parse_card_kind(kind.value_or("standard")));
  SHOMEI_TRY(const auto state, inner->text_if("state"));
  SHOMEI_TRY(card.state, parse_card_state(state.value_or("active")));
  SHOMEI_CHECK(inner->expect_no_other());
  return std::optional<CardRecord>{card};
}

Result<void> check_stay(const Resident& resident) {
  const bool needs_stay = resident.status == ResidenceStatus::other_foreign_resident;
  if (needs_stay && !resident.period_of_stay_ends)
    return malformed("member_missing", {{"member", "period_of_stay_ends"}});
  if (!needs_stay && resident.period_of_stay_ends)
    return malformed("stay_contradicts_status", {{"status", std::string(name(resident.status))}});
  return {};
}

json optional_date(const std::optional<Date>& date) {
  return date ? json(format_date(*date)) : json(nullptr);
}

}  // namespace

Result<RegisterLine> parse_register_line(std::string_view text) {
  if (text.size() > limits::kRegisterLineBytesMax)
    return malformed("line_too_long", {{"max", std::to_string(limits::kRegisterLineBytesMax)}});
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, limits::kRegisterLineBytesMax));
  Members members(object, "", limits::kRegisterLineBytesMax);  // no text is too long for a line that is not
  RegisterLine line;
  Resident& r = line.resident;
  SHOMEI_TRY(const auto id, members.text_if("id"));
  if (id) {
    SHOMEI_TRY(r.id, ResidentId::parse(fit_for_sentence(*id)));
  }
  SHOMEI_TRY(r.name, shown_text(members, "name", limits::kNameCharactersMax));
  SHOMEI_TRY(r.address, shown_text(members, "address", limits::kAddressCharactersMax));
  SHOMEI_TRY(const auto gender, members.text("gender"));
  SHOMEI_TRY(r.gender, parse_gender(gender));
  SHOMEI_TRY(r.born, day(members, "born"));
  SHOMEI_TRY(const auto status, members.text("status"));
  SHOMEI_TRY(r.status, parse_residence_status(status));
  SHOMEI_TRY(r.period_of_stay_ends, day_if(members, "period_of_stay_ends"));
  SHOMEI_TRY(r.adult_ward, members.flag("adult_ward", false));
  SHOMEI_TRY(r.municipality, municipality_code(members, "municipality"));
  if (r.municipality.empty()) return members.missing("municipality");
  SHOMEI_TRY(r.registered_domicile, municipality_code(members, "registered_domicile"));
  SHOMEI_TRY(r.died, day_if(members, "died"));
  SHOMEI_TRY(r.left_register, day_if(members, "left_register"));
  SHOMEI_TRY(r.moving_abroad, moving_abroad(members));
  SHOMEI_TRY(line.card, card_of(members));
  SHOMEI_TRY(const auto note, members.text_if("note"));
  line.note = note.value_or("");
  SHOMEI_CHECK(members.expect_no_other());
  SHOMEI_CHECK(check_stay(r));
  return line;
}

std::string encode_resident(const Resident& r) {
  json object{
      {"id", r.id.text()},
      {"name", r.name},
      {"address", r.address},
      {"gender", name(r.gender)},
      {"born", format_date(r.born)},
      {"status", name(r.status)},
      {"period_of_stay_ends", optional_date(r.period_of_stay_ends)},
      {"adult_ward", r.adult_ward},
      {"municipality", r.municipality},
      {"registered_domicile", r.registered_domicile.empty() ? json(nullptr) : json(r.registered_domicile)},
      {"died", optional_date(r.died)},
      {"left_register", optional_date(r.left_register)},
      {"moving_abroad", nullptr}};
  if (r.moving_abroad)
    object["moving_abroad"] = {{"planned", format_date(r.moving_abroad->planned)},
                               {"continued_use", r.moving_abroad->continued_use}};
  return object.dump();
}

std::string encode_card(const CardRecord& card) {
  return json{{"id", card.id.text()},
              {"holder", card.holder.text()},
              {"kind", name(card.kind)},
              {"valid_until", format_date(card.valid_until)},
              {"state", name(card.state)}}
      .dump();
}

}  // namespace shomei::residents
