#include "rules/rule_set.h"

#include <array>
#include <map>
#include <set>

namespace shomei::rules {
namespace {

// Facts first, then who may, where, and how it is proved; then until when; then what ends and what it costs.
// A limit stands before the rules that reckon from the last day.
constexpr std::array kEntries{
    RuleEntry{"facts", &kNoCardsYet},
    RuleEntry{"facts", &kFactsAgree},
    RuleEntry{"facts", &kEventNamed},
    RuleEntry{"who", &kResidentInRegister},
    RuleEntry{"who", &kCardInForce},
    RuleEntry{"who", &kFaceAuthenticationNotYet},
    RuleEntry{"who", &kFaceAuthenticationCard},
    RuleEntry{"who", &kFaceAuthenticationNoPin},
    RuleEntry{"who", &kFaceAuthenticationMandatory},
    RuleEntry{"who", &kSignatureAge},
    RuleEntry{"who", &kSignatureAdultWard},
    RuleEntry{"who", &kOneCertificateOfAKind},
    RuleEntry{"who", &kRepresentativeNeeded},
    RuleEntry{"who", &kProofOfSelf},
    RuleEntry{"who", &kProofOfRepresentative},
    RuleEntry{"who", &kProofOfAgent},
    RuleEntry{"abroad", &kCardLapsesAbroad},
    RuleEntry{"abroad", &kContinuedUseAbroad},
    RuleEntry{"abroad", &kNewCardAbroad},
    RuleEntry{"abroad", &kOverseasAddress},
    RuleEntry{"offices", &kOfficeKind},
    RuleEntry{"offices", &kOfficeOfResidence},
    RuleEntry{"offices", &kMissionsNotYet},
    RuleEntry{"offices", &kMissions},
    RuleEntry{"offices", &kOfficeHours},
    RuleEntry{"pins", &kPinForm},
    RuleEntry{"pins", &kRegisterPinAtCounter},
    RuleEntry{"pins", &kKioskChain},
    RuleEntry{"pins", &kKioskHours},
    RuleEntry{"pins", &kKioskReservation},
    RuleEntry{"pins", &kKioskProof},
    RuleEntry{"pins", &kKioskCertificates},
    RuleEntry{"suspension", &kSuspension},
    RuleEntry{"suspension", &kSomethingSuspended},
    RuleEntry{"suspension", &kHoldIsFinal},
    RuleEntry{"suspension", &kReleaseByHolder},
    RuleEntry{"renewal", &kRenewalWindow},
    RuleEntry{"renewal", &kNoticeRecipient},
    RuleEntry{"renewal", &kExpiryNotice},
    RuleEntry{"until", &kBirthdayLimit},
    RuleEntry{"until", &kRenewalLimit},
    RuleEntry{"until", &kCardLimit},
    RuleEntry{"until", &kStayLimit},
    RuleEntry{"until", &kAuthorityLimit},
    RuleEntry{"until", &kAuthenticationLimit},
    RuleEntry{"renewal", &kNextRenewal},
    RuleEntry{"ends", &kAttributeChange},
    RuleEntry{"ends", &kMoveOut},
    RuleEntry{"ends", &kDeparture},
    RuleEntry{"ends", &kDepartureWithoutContinuedUse},
    RuleEntry{"ends", &kDepartureWithContinuedUse},
    RuleEntry{"ends", &kDeath},
    RuleEntry{"ends", &kLostStatus},
    RuleEntry{"ends", &kCardReturned},
    RuleEntry{"ends", &kSomethingToEnd},
    RuleEntry{"ends", &kOfficersReason},
    RuleEntry{"ends", &kHoldersWish},
    RuleEntry{"ends", &kKeyDoubt},
    RuleEntry{"ends", &kRecordingError},
    RuleEntry{"ends", &kAuthorityCompromise},
    RuleEntry{"ends", &kSupersededWithCard},
    RuleEntry{"ends", &kRecordingErrorNotice},
    RuleEntry{"ends", &kCardReplaced},
    RuleEntry{"fees", &kNoFee},
    RuleEntry{"fees", &kCardReissueFee},
    RuleEntry{"fees", &kExpressFee},
    RuleEntry{"fees", &kWaivedFee},
    RuleEntry{"fees", &kNewCardAfterDepartureFee},
    RuleEntry{"fees", &kCardRenewalFee},
    RuleEntry{"card", &kCardValidityUnder20},
    RuleEntry{"card", &kCardValidityUnder18},
};

using RulesByVersion = std::map<std::string_view, std::vector<const Rule*>>;

const RulesByVersion& rules_by_version() {
  static const RulesByVersion kByVersion = [] {
    RulesByVersion all;
    for (const auto version : versions(kEntries)) all[version] = rules_of_version(kEntries, version);
    return all;
  }();
  return kByVersion;
}

}  // namespace

std::span<const RuleEntry> rule_entries() {
  return kEntries;
}

std::vector<const Rule*> rules_of_version(std::span<const RuleEntry> entries, std::string_view version) {
  std::vector<const Rule*> rules;
  for (const auto& entry : entries)
    if (entry.came <= version && (entry.gone.empty() || version < entry.gone)) rules.push_back(entry.rule);
  return rules;
}

std::vector<std::string_view> versions(std::span<const RuleEntry> entries) {
  std::set<std::string_view> all;
  for (const auto& entry : entries) {
    all.insert(entry.came);
    if (!entry.gone.empty()) all.insert(entry.gone);
  }
  return {all.begin(), all.end()};
}

RuleSet current_rule_set(Settings settings) {
  const auto& [version, rules] = *rules_by_version().rbegin();
  return {version, rules, std::move(settings)};
}

std::optional<RuleSet> find_rule_set(std::string_view version, Settings settings) {
  const auto found = rules_by_version().find(version);
  if (found == rules_by_version().end()) return std::nullopt;
  return RuleSet{found->first, found->second, std::move(settings)};
}

std::string_view chapter(const Rule& rule) {
  for (const auto& entry : kEntries)
    if (entry.rule == &rule) return entry.chapter;
  return {};
}

}  // namespace shomei::rules
