// Bodies of acts, and problem documents of a peer. What is accepted is written and read again as the same
// words.
#include <cstdlib>
#include <string_view>

#include "services/acts/act_requests.h"
#include "services/acts/certificate_json.h"
#include "services/acts/decide.h"
#include "services/problem.h"

namespace {

template <class Parse>
void look_at(std::string_view text, Parse parse) {
  const auto first = parse(text);
  if (!first) return;
  const auto again = parse(shomei::services::encode(*first));
  if (!again || shomei::services::encode(*again) != shomei::services::encode(*first)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  look_at(text, services::parse_certificate_request);
  look_at(text, services::parse_status_request);
  look_at(text, services::parse_confirmation);
  look_at(text, services::parse_question);
  look_at(text, services::parse_block_request);
  (void)services::parse_certificate(text);
  (void)services::parse_outlook(text);
  // What a peer answers instead: whatever it is, an error that has a sentence.
  if (services::parse_problem(text).code.empty()) std::abort();
  return 0;
}
