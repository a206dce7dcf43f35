#include "app/card_trust.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace shomei::app {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Days of Japan, because the law counts these: 0 on the last day, less than 0 when it is over.
long days_between(Date from, Date to) {
  return (std::chrono::sys_days(to) - std::chrono::sys_days(from)).count();
}

}  // namespace

Result<std::filesystem::path> trust_folder(const cli::Invocation& invocation) {
  if (invocation.has("trust")) return std::filesystem::path(invocation.get("trust"));
  std::filesystem::path data = environment("XDG_DATA_HOME");
  if (data.empty() && !environment("HOME").empty())
    data = std::filesystem::path(environment("HOME")) / ".local/share";
  if (data.empty()) return unavailable("trust_folder_unknown");
  return data / "shomei/authorities";
}

Result<nlohmann::json> describe_certificate(ByteView der, card::Kind kind,
                                            const card::trust::TrustFolder& trust, Instant now) {
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(der));
  const auto& tbs = certificate.tbs;
  const auto judgement = card::trust::judge(certificate, kind, trust.authorities(), now);
  nlohmann::json document{{"serial", tbs.serial.hex()},
                          {"subject", tbs.subject.text()},
                          {"issuer", tbs.issuer.text()},
                          {"not_before", format_jst(tbs.not_before)},
                          {"not_after", format_jst(tbs.not_after)},
                          {"days_left", days_between(jst_date(now), jst_date(tbs.not_after))},
                          {"expired", now > tbs.not_after},
                          {"standing", name(judgement.standing)},
                          {"authority", nullptr}};
  if (!judgement.authority.empty()) document["authority"] = judgement.authority;
  return document;
}

}  // namespace shomei::app
