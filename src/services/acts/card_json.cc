#include "services/acts/card_json.h"

#include <algorithm>

#include "json/parse_object.h"
#include "services/acts/act_requests.h"
#include "services/acts/request_members.h"

namespace shomei::services {
namespace {

using counter::Errand;
using counter::SettledThing;
using nlohmann::json;
using shomei::json::Members;

// An answer of the card is a key, a status or nothing; a command holds a certificate, or a piece of a
// picture.
constexpr std::size_t kApduTextMax = 16 * 1024;
constexpr std::size_t kApdusMax = 8;
constexpr std::size_t kKindsMax = 2;
constexpr std::size_t kSettledMax = 64;

constexpr std::string_view kThings[] = {"certificate", "key", "pin"};
constexpr authority::CardEnd kEnds[] = {authority::CardEnd::held, authority::CardEnd::completed,
                                        authority::CardEnd::rolled_back};

Result<unsigned> read_turn(Members& members) {
  SHOMEI_TRY(const auto text, members.text("turn"));
  const bool digits = !text.empty() && text.size() <= 6 &&
                      std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return malformed("errand_form", {{"errand", "turn"}});
  return static_cast<unsigned>(std::stoul(text));
}

Result<card::Kind> parse_kind(const json& item) {
  for (const auto kind : card::kKinds)
    if (item.is_string() && item.get_ref<const std::string&>() == card::name(kind)) return kind;
  return malformed("errand_form", {{"errand", "kinds"}});
}

Result<card::PinId> parse_pin(const json& item) {
  const auto pin = item.is_string() ? card::holder_pin(item.get_ref<const std::string&>()) : std::nullopt;
  if (!pin) return malformed("errand_form", {{"errand", "kinds"}});
  return *pin;
}

bool is_about_pin(const Errand& errand) {
  return errand.what == Errand::What::reset_pin || errand.what == Errand::What::change_pin;
}

Result<std::vector<card::Kind>> read_kinds(Members& members, std::string_view member) {
  std::vector<card::Kind> kinds;
  SHOMEI_TRY(const auto* items, members.array_if(member, kKindsMax));
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    SHOMEI_TRY(const auto kind, parse_kind((*items)[i]));
    kinds.push_back(kind);
  }
  return kinds;
}

// An act on a PIN names it in the place of a kind.
Result<void> read_kinds_of(Errand& errand, Members& members) {
  if (!is_about_pin(errand)) {
    SHOMEI_TRY(errand.kinds, read_kinds(members, "kinds"));
    return {};
  }
  SHOMEI_TRY(const auto* items, members.array_if("kinds", 1));
  if (!items || items->empty()) return malformed("errand_form", {{"errand", "kinds"}});
  SHOMEI_TRY(errand.pin, parse_pin(items->front()));
  return {};
}

Result<std::vector<Bytes>> read_apdus(Members& members, std::string_view member) {
  std::vector<Bytes> apdus;
  SHOMEI_TRY(const auto* items, members.array_if(member, kApdusMax));
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const auto& item = (*items)[i];
    if (!item.is_string() || item.get_ref<const std::string&>().size() > kApduTextMax)
      return malformed("errand_form", {{"errand", std::string(member)}});
    SHOMEI_TRY(auto apdu, from_base64(item.get_ref<const std::string&>()));
    apdus.push_back(std::move(apdu));
  }
  return apdus;
}

json encode_apdus(const std::vector<Bytes>& apdus) {
  json texts = json::array();
  for (const auto& apdu : apdus) texts.push_back(to_base64(apdu));
  return texts;
}

json encode_kinds(const std::vector<card::Kind>& kinds) {
  json names = json::array();
  for (const auto kind : kinds) names.push_back(card::name(kind));
  return names;
}

json encode_view(const counter::CardView& view) {
  json settled = json::array();
  for (const auto& thing : view.settled)
    settled.push_back({{"what", kThings[static_cast<std::size_t>(thing.what)]},
                       {"kind", card::name(thing.pin)},
                       {"end", authority::name(thing.end)},
                       {"serial", thing.serial}});
  return {{"operational", view.operational},
          {"kind", card::name(view.kind)},
          {"pins_set", encode_kinds(view.pins_set)},
          {"settled", std::move(settled)},
          {"born", view.born ? json(format_date(*view.born)) : json(nullptr)}};
}

json encode_outcome(const counter::Outcome& outcome) {
  json object{{"card", encode_view(outcome.card)}, {"proof", nullptr}};
  if (const auto& proof = outcome.proof)
    object["proof"] = {{"csr", to_base64(proof->pkcs10)},
                       {"certificate", to_base64(proof->attestation.certificate)},
                       {"signature", to_base64(proof->attestation.signature)}};
  return object;
}

Result<SettledThing> read_thing(Members members) {
  SettledThing thing;
  SHOMEI_TRY(const auto what, members.text("what"));
  const auto* found = std::ranges::find(kThings, what);
  SHOMEI_TRY(const auto kind, members.text("kind"));
  SHOMEI_TRY(const auto end, members.text("end"));
  const auto* ended = std::ranges::find(kEnds, end, [](auto e) { return authority::name(e); });
  if (found == std::end(kThings) || ended == std::end(kEnds))
    return malformed("errand_form", {{"errand", "settled"}});
  thing.what = static_cast<SettledThing::What>(found - std::begin(kThings));
  thing.end = *ended;
  SHOMEI_TRY(thing.pin, parse_pin(kind));
  if (thing.what != SettledThing::What::pin) SHOMEI_CHECK(parse_kind(kind));
  SHOMEI_TRY(thing.serial, members.text("serial"));
  return thing;
}

Result<counter::CardView> read_view(Members& members) {
  counter::CardView view;
  SHOMEI_TRY(view.operational, members.flag("operational", false));
  SHOMEI_TRY(const auto kind, members.text("kind"));
  const auto found = std::ranges::find(card::kCardKinds, kind, [](auto k) { return card::name(k); });
  if (found == card::kCardKinds.end()) return malformed("errand_form", {{"errand", "card"}});
  view.kind = *found;
  SHOMEI_TRY(view.pins_set, read_kinds(members, "pins_set"));
  SHOMEI_TRY(view.born, members.date_if("born"));
  SHOMEI_TRY(const auto* settled, members.array_if("settled", kSettledMax));
  for (std::size_t i = 0; settled && i < settled->size(); ++i) {
    if (!(*settled)[i].is_object()) return malformed("errand_form", {{"errand", "settled"}});
    SHOMEI_TRY(auto thing, read_thing(Members((*settled)[i], "settled")));
    view.settled.push_back(std::move(thing));
  }
  return view;
}

Result<std::optional<issuer::KeyProof>> read_proof(Members& whole) {
  SHOMEI_TRY(auto members, whole.object_if("proof"));
  if (!members) return std::optional<issuer::KeyProof>{};
  issuer::KeyProof proof;
  SHOMEI_TRY(proof.pkcs10, read(*members, "csr", from_base64));
  SHOMEI_TRY(proof.attestation.certificate, read(*members, "certificate", from_base64));
  SHOMEI_TRY(proof.attestation.signature, read(*members, "signature", from_base64));
  return std::optional{std::move(proof)};
}

Result<CardTurn> read_card_turn(const json& object) {
  Members members(object, "", kApduTextMax);
  CardTurn turn;
  SHOMEI_TRY(turn.session, members.text("session"));
  SHOMEI_TRY(turn.card, read(members, "card", CardId::parse));
  SHOMEI_TRY(turn.turn.commands, read_apdus(members, "commands"));
  SHOMEI_TRY(auto outcome, members.object_if("outcome"));
  if (!outcome) return turn;
  counter::Outcome done;
  SHOMEI_TRY(auto view, outcome->object_if("card"));
  if (!view) return outcome->missing("card");
  SHOMEI_TRY(done.card, read_view(*view));
  SHOMEI_TRY(done.proof, read_proof(*outcome));
  turn.turn.outcome = std::move(done);
  return turn;
}

}  // namespace

Result<CardOpening> parse_card_opening(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object);
  CardOpening opening;
  SHOMEI_TRY(opening.officer, read_officer(members));
  SHOMEI_TRY(opening.resident, read(members, "resident", ResidentId::parse));
  SHOMEI_CHECK(members.expect_no_other());
  return opening;
}

Result<CardErrand> parse_card_errand(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object);
  CardErrand asked;
  SHOMEI_TRY(asked.session, members.text("session"));
  SHOMEI_TRY(asked.turn, read_turn(members));
  SHOMEI_TRY(const auto what, members.text("errand"));
  const auto errand = counter::parse_errand(what);
  if (!errand) return malformed("errand_form", {{"errand", what}});
  asked.errand.what = *errand;
  SHOMEI_CHECK(read_kinds_of(asked.errand, members));
  SHOMEI_TRY(const auto challenge, members.text_if("challenge"));
  asked.errand.challenge = challenge.value_or("");
  SHOMEI_TRY(asked.errand.application, read_application(members));
  SHOMEI_CHECK(members.expect_no_other());
  return asked;
}

Result<CardAnswers> parse_card_answers(std::string_view text) {
  SHOMEI_TRY(const auto object, shomei::json::parse_object(text, kActBytesMax));
  Members members(object);
  CardAnswers given;
  SHOMEI_TRY(given.session, members.text("session"));
  SHOMEI_TRY(given.turn, read_turn(members));
  SHOMEI_TRY(given.answers, read_apdus(members, "answers"));
  SHOMEI_CHECK(members.expect_no_other());
  return given;
}

Result<CardTurn> parse_card_turn(std::string_view text) {
  const auto object = shomei::json::parse_object(text, 2 * kActBytesMax);
  if (!object) return malformed("answer_form", {{"what", std::string(object.error().code)}});
  auto turn = read_card_turn(*object);
  if (!turn) return malformed("answer_form", {{"what", std::string(turn.error().code)}});
  return turn;
}

std::string encode(const CardOpening& opening) {
  json object = encode_officer(opening.officer);
  object["resident"] = opening.resident.text();
  return text_of(object);
}

std::string encode(const CardErrand& asked) {
  const auto& errand = asked.errand;
  json object{{"session", asked.session},
              {"turn", std::to_string(asked.turn)},
              {"errand", counter::name(errand.what)},
              {"kinds", errand.pin ? json::array({card::name(*errand.pin)}) : encode_kinds(errand.kinds)},
              {"application", encode_application(errand.application)}};
  if (!errand.challenge.empty()) object["challenge"] = errand.challenge;
  return text_of(object);
}

std::string encode(const CardAnswers& given) {
  return text_of({{"session", given.session},
                  {"turn", std::to_string(given.turn)},
                  {"answers", encode_apdus(given.answers)}});
}

std::string encode(const CardTurn& turn) {
  json object{{"session", turn.session},
              {"card", turn.card.text()},
              {"commands", encode_apdus(turn.turn.commands)},
              {"outcome", nullptr}};
  if (turn.turn.outcome) object["outcome"] = encode_outcome(*turn.turn.outcome);
  return text_of(object);
}

}  // namespace shomei::services
