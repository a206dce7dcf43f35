#include "app/describe.h"

#include <algorithm>

#include "base/shown_text.h"
#include "register/register_line.h"

namespace shomei::app {
using nlohmann::json;

json describe(const residents::Resident& resident, const std::vector<residents::CardRecord>& cards) {
  json document = json::parse(residents::encode_resident(resident));
  document["cards"] = json::array();
  for (const auto& card : cards) document["cards"].push_back(json::parse(residents::encode_card(card)));
  return document;
}

std::string one_line(const journal::CertificateRecord& r) {
  std::string text =
      r.serial.hex() + "  " + std::string(pki::name(r.kind)) + "  " + std::string(journal::name(r.state));
  text += "  until " + format_date(jst_date(r.not_after)) + "  resident " + r.resident.text();
  if (r.revoked_at) text += "  revoked " + format_jst(*r.revoked_at);
  if (r.reason) text += " (" + std::string(pki::name(*r.reason)) + ")";
  return text;
}

std::string people_text(const json& document) {
  std::size_t width = 0;
  for (const auto& [member, value] : document.items()) width = std::max(width, member.size());
  std::string text;
  for (const auto& [member, value] : document.items()) {
    if (value.is_null() || member == "pem") continue;
    text += member + std::string(width - member.size() + 2, ' ');
    text += (value.is_string() ? shown_line(value.get_ref<const std::string&>()) : text_of(value)) + "\n";
  }
  return document.contains("pem") ? text + document["pem"].get<std::string>() : text;
}

std::string text_of(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace shomei::app
