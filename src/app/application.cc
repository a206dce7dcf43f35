#include "app/application.h"

namespace shomei::app {
namespace {

Error unknown(std::string_view option, std::string_view value, std::string_view allowed) {
  return malformed("value_unknown", {{"member", "--" + std::string(option)},
                                     {"value", std::string(value)},
                                     {"allowed", std::string(allowed)}});
}

constexpr std::string_view kApplicants = "self, legal_representative, voluntary_agent";
constexpr std::string_view kGrounds =
    "lost, stolen, damaged, disaster, defect, office_fault, leak, wish, reissue, express, "
    "authority_compromise";
constexpr std::string_view kProofs =
    "pin, other_pin, face, document_a, document_b, answer_sheet, inquiry_letter, guardianship_certificate";
constexpr int kProofsMax = 16;
constexpr std::size_t kGroundBytesMax = 1000;  // as in a facts file

Result<rules::Proofs> proofs_from(std::string_view list) {
  rules::Proofs proofs;
  for (int count = 0; !list.empty(); ++count) {
    const auto comma = list.find(',');
    const auto word = list.substr(0, comma);
    const auto proof = rules::parse_proof(word);
    if (!proof || count == kProofsMax) return unknown("proofs", word, kProofs);
    proofs.add(*proof);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return proofs;
}

}  // namespace

std::vector<cli::Option> application_options() {
  return {
      {"applicant", "A",
       "self, legal_representative or voluntary_agent (default: who has to apply: the person, or for a child "
       "or a ward the legal representative)"},
      {"proofs", "LIST",
       "what was shown, with commas: pin, document_a, document_b,document_b, ... (default: the documents "
       "that "
       "this applicant has to show; recording the act attests them)"},
      {"ground", "G", "why: lost, stolen, leak, wish, reissue, office_fault, ..."},
      {"exception", "TEXT", "the ground of an exception from a rule that holds in principle"},
      {"second-officer", "", "a second officer agreed to the exception"}};
}

std::vector<cli::Option> with_application(std::vector<cli::Option> options) {
  const auto more = application_options();
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

Result<counter::Application> application_from(const cli::Invocation& invocation) {
  counter::Application application;
  if (invocation.has("applicant")) {
    application.applicant = rules::parse_applicant(invocation.get("applicant"));
    if (!application.applicant) return unknown("applicant", invocation.get("applicant"), kApplicants);
  }
  if (invocation.has("proofs")) {
    SHOMEI_TRY(application.proofs, proofs_from(invocation.get("proofs")));
  }
  if (invocation.has("ground")) {
    application.ground = rules::parse_ground(invocation.get("ground"));
    if (!application.ground) return unknown("ground", invocation.get("ground"), kGrounds);
  }
  if (invocation.get("exception").size() > kGroundBytesMax)
    return malformed("exception_too_long", {{"bytes_max", std::to_string(kGroundBytesMax)}});
  if (invocation.has("exception"))
    application.exception = rules::Exception{invocation.get("exception"), invocation.has("second-officer")};
  return application;
}

}  // namespace shomei::app
