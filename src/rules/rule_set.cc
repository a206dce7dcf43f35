#include "rules/rule_set.h"

#include <array>

namespace shomei::rules {
namespace {

struct Entry {
  std::string_view chapter;
  const Rule* rule;
};

// Facts first, then who may, where, and how it is proved; then until when; then what ends and what it costs.
// A limit stands before the rules that reckon from the last day.
constexpr std::array kEntries{
    Entry{"facts", &kNoCardsYet},
    Entry{"facts", &kFactsAgree},
    Entry{"facts", &kEventNamed},
    Entry{"who", &kResidentInRegister},
    Entry{"who", &kCardInForce},
    Entry{"who", &kFaceAuthenticationNotYet},
    Entry{"who", &kFaceAuthenticationCard},
    Entry{"who", &kFaceAuthenticationNoPin},
    Entry{"who", &kFaceAuthenticationMandatory},
    Entry{"who", &kSignatureAge},
    Entry{"who", &kSignatureAdultWard},
    Entry{"who", &kOneCertificateOfAKind},
    Entry{"who", &kRepresentativeNeeded},
    Entry{"who", &kProofOfSelf},
    Entry{"who", &kProofOfRepresentative},
    Entry{"who", &kProofOfAgent},
    Entry{"abroad", &kCardLapsesAbroad},
    Entry{"abroad", &kContinuedUseAbroad},
    Entry{"abroad", &kNewCardAbroad},
    Entry{"abroad", &kOverseasAddress},
    Entry{"offices", &kOfficeKind},
    Entry{"offices", &kOfficeOfResidence},
    Entry{"offices", &kMissionsNotYet},
    Entry{"offices", &kMissions},
    Entry{"offices", &kOfficeHours},
    Entry{"pins", &kPinForm},
    Entry{"pins", &kRegisterPinAtCounter},
    Entry{"pins", &kKioskChain},
    Entry{"pins", &kKioskHours},
    Entry{"pins", &kKioskReservation},
    Entry{"pins", &kKioskProof},
    Entry{"pins", &kKioskCertificates},
    Entry{"suspension", &kSuspension},
    Entry{"suspension", &kSomethingSuspended},
    Entry{"suspension", &kHoldIsFinal},
    Entry{"suspension", &kReleaseByHolder},
    Entry{"renewal", &kRenewalWindow},
    Entry{"renewal", &kNoticeRecipient},
    Entry{"renewal", &kExpiryNotice},
    Entry{"until", &kBirthdayLimit},
    Entry{"until", &kRenewalLimit},
    Entry{"until", &kCardLimit},
    Entry{"until", &kStayLimit},
    Entry{"until", &kAuthorityLimit},
    Entry{"until", &kAuthenticationLimit},
    Entry{"renewal", &kNextRenewal},
    Entry{"ends", &kAttributeChange},
    Entry{"ends", &kMoveOut},
    Entry{"ends", &kDeparture},
    Entry{"ends", &kDepartureWithoutContinuedUse},
    Entry{"ends", &kDepartureWithContinuedUse},
    Entry{"ends", &kDeath},
    Entry{"ends", &kLostStatus},
    Entry{"ends", &kCardReturned},
    Entry{"ends", &kSomethingToEnd},
    Entry{"ends", &kOfficersReason},
    Entry{"ends", &kHoldersWish},
    Entry{"ends", &kKeyDoubt},
    Entry{"ends", &kRecordingError},
    Entry{"ends", &kAuthorityCompromise},
    Entry{"ends", &kSupersededWithCard},
    Entry{"ends", &kRecordingErrorNotice},
    Entry{"ends", &kCardReplaced},
    Entry{"fees", &kNoFee},
    Entry{"fees", &kCardReissueFee},
    Entry{"fees", &kExpressFee},
    Entry{"fees", &kWaivedFee},
    Entry{"fees", &kNewCardAfterDepartureFee},
    Entry{"fees", &kCardRenewalFee},
    Entry{"card", &kCardValidityUnder20},
    Entry{"card", &kCardValidityUnder18},
};

constexpr auto kRules = [] {
  std::array<const Rule*, kEntries.size()> rules{};
  for (std::size_t i = 0; i < rules.size(); ++i) rules[i] = kEntries[i].rule;
  return rules;
}();

constexpr std::string_view kVersion = "2026-11-23";

}  // namespace

RuleSet current_rule_set(Settings settings) {
  return {kVersion, kRules, std::move(settings)};
}

std::optional<RuleSet> find_rule_set(std::string_view version, Settings settings) {
  if (version != kVersion) return std::nullopt;
  return current_rule_set(std::move(settings));
}

std::string_view chapter(const Rule& rule) {
  for (const auto& entry : kEntries)
    if (entry.rule == &rule) return entry.chapter;
  return {};
}

}  // namespace shomei::rules
