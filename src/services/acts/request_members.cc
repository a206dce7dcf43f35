#include "services/acts/request_members.h"

#include "counter/recorded_text.h"

namespace shomei::services {

using nlohmann::json;
using shomei::json::Members;

namespace {

constexpr std::size_t kProofsMax = 64;

Result<std::string> parse_officer_name(std::string_view text) {
  SHOMEI_CHECK(counter::check_officer_name(text));
  return std::string(text);
}

Result<std::optional<rules::Proofs>> read_proofs(Members& members) {
  SHOMEI_TRY(const auto* items, members.array_if("proofs", kProofsMax));
  if (!items) return std::optional<rules::Proofs>{};
  rules::Proofs proofs;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto& item = (*items)[i];
    const std::string path = members.full("proofs") + "[" + std::to_string(i) + "]";
    if (!item.is_string()) return malformed("member_type", {{"member", path}, {"type", "text"}});
    const auto& text = item.get_ref<const std::string&>();
    const auto proof = rules::parse_proof(text);
    if (!proof)
      return Members::unknown_word(path, text, Members::words_to(rules::Proof::guardianship_certificate));
    proofs.add(*proof);
  }
  return std::optional{proofs};
}

Result<std::optional<rules::Exception>> read_exception(Members& members) {
  SHOMEI_TRY(auto object, members.object_if("exception"));
  if (!object) return std::optional<rules::Exception>{};
  rules::Exception exception;
  SHOMEI_TRY(exception.ground, object->text("ground"));
  if (exception.ground.size() > shomei::json::kTextBytesMax)
    return malformed("member_too_long", {{"member", object->full("ground")},
                                         {"max", std::to_string(shomei::json::kTextBytesMax)}});
  SHOMEI_TRY(exception.second_officer, object->flag("second_officer", false));
  SHOMEI_CHECK(object->expect_no_other());
  return std::optional{std::move(exception)};
}

}  // namespace

Result<counter::Officer> read_officer(Members& members) {
  counter::Officer officer;
  SHOMEI_TRY(officer.name, read(members, "officer", parse_officer_name));
  SHOMEI_TRY(officer.office, read(members, "office", OfficeId::parse));
  SHOMEI_TRY(officer.request, read(members, "request", RequestId::parse));
  return officer;
}

Result<counter::Application> read_application(Members& whole) {
  counter::Application application;
  SHOMEI_TRY(auto members, whole.object_if("application"));
  if (!members) return application;
  SHOMEI_TRY(application.applicant,
             members->word_if("applicant", rules::parse_applicant, rules::Applicant::voluntary_agent));
  SHOMEI_TRY(application.proofs, read_proofs(*members));
  SHOMEI_TRY(application.ground,
             members->word_if("ground", rules::parse_ground, rules::Ground::authority_compromise));
  SHOMEI_TRY(application.exception, read_exception(*members));
  SHOMEI_CHECK(members->expect_no_other());
  return application;
}

json encode_application(const counter::Application& application) {
  json object = json::object();
  if (application.applicant) object["applicant"] = name(*application.applicant);
  if (application.ground) object["ground"] = name(*application.ground);
  if (const auto& exception = application.exception)
    object["exception"] = {{"ground", exception->ground}, {"second_officer", exception->second_officer}};
  if (!application.proofs) return object;
  object["proofs"] = json::array();
  for (int i = 0; i < rules::kProofs; ++i)
    for (int n = 0; n < application.proofs->count(static_cast<rules::Proof>(i)); ++n)
      object["proofs"].push_back(name(static_cast<rules::Proof>(i)));
  return object;
}

json encode_officer(const counter::Officer& officer) {
  return {{"officer", officer.name}, {"office", officer.office.text()}, {"request", officer.request.text()}};
}

std::string text_of(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace shomei::services
