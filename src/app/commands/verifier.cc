#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "home/read_status_settings.h"

namespace shomei::app {
namespace {

// The settings hold the digest alone, so that who reads them cannot ask in the verifier's name.
Result<cli::Output> token(const cli::Invocation& invocation) {
  const std::string name = invocation.get("name");
  if (!home::is_verifier_name(name)) return malformed("verifier_name_form", {{"name", name}});
  const std::string made = crypto::random_identifier_text();
  const std::string digest = to_hex(crypto::sha256(view(made)));
  const nlohmann::json document{{"name", name}, {"token", made}, {"token_sha256", digest}};
  return cli::Output{document.dump(), "Give the verifier its token; it is shown this once:\n  " + made +
                                          "\nand write into shomei.toml:\n  [[verifier]]\n  name = \"" +
                                          name + "\"\n  token_sha256 = \"" + digest +
                                          "\"\n  requests_per_second = 100"};
}

}  // namespace

std::vector<cli::Command> verifier_commands() {
  return {{"verifier token",
           "make a token by which a registered verifier asks the status service",
           "shomei verifier token --name bank.example",
           {{"name", "NAME", "the verifier's name in the settings", true}},
           token}};
}

}  // namespace shomei::app
