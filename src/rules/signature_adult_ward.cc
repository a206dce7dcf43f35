// No signature certificate for adult wards, in principle (seed: age restriction).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue& act, const Facts& facts, Date) {
  if (act.kind != Kind::signature) return std::nullopt;
  if (!facts.adult_ward) return Finding{.outcome = Outcome::pass, .code = "not_an_adult_ward"};
  Finding finding{.outcome = Outcome::refuse, .code = "adult_ward_signs_nothing"};
  finding.would_pass_code = "would_pass_guardianship_ended";
  return finding;
}

}  // namespace

constinit const Rule kSignatureAdultWard{"signature_adult_ward", "seed: age restriction (adult wards)",
                                         std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
