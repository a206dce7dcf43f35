#include "app/officer_options.h"

#include "counter/recorded_text.h"
#include "crypto/random.h"

namespace shomei::app {
namespace {

Result<RequestId> request_of(const cli::Invocation& invocation) {
  if (!invocation.has("request")) return crypto::ordered_identifier<RequestId>();
  return RequestId::parse(invocation.get("request"));
}

}  // namespace

std::vector<cli::Option> officer_options() {
  return {{"office", "O", "the office where the act is done (an id of shomei.toml)", true},
          {"officer", "NAME", "who acts, as the journal records it (default: cli)"},
          {"request", "ID", "an identifier of yours: the same request again is answered as the first time"}};
}

Result<counter::Officer> officer_of(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto office, OfficeId::parse(invocation.get("office")));
  SHOMEI_TRY(const auto id, request_of(invocation));
  const auto name = invocation.get("officer", "cli");
  SHOMEI_CHECK(counter::check_officer_name(name));
  return counter::Officer{name, office, id};
}

}  // namespace shomei::app
