// RuleSet: the rules in the order in which they are asked, and the settings, as a value with a version, so
// that a correction made later never changes what an earlier decision said.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace shomei::rules {

struct RuleSet {
  std::string_view version;
  std::span<const Rule* const> rules;
  Settings settings;
};

// One line of the list of rules. A law that changes is a rule with a `since`, beside one with an `until`. A
// rule that was wrong is corrected in a new version of the set: the new rule comes in with it, and the wrong
// one is kept and goes, so that what was decided by it can still be decided again.
struct RuleEntry {
  std::string_view chapter;
  const Rule* rule;
  std::string_view came = "2026-11-23";  // the version of the set in which it came
  std::string_view gone = {};            // the first version without it; empty: it is still there
};
std::span<const RuleEntry> rule_entries();

// The rules of a version, in their order. Versions are days, and compare as texts.
std::vector<const Rule*> rules_of_version(std::span<const RuleEntry> entries, std::string_view version);
// The versions in which a rule came or went, the first one first.
std::vector<std::string_view> versions(std::span<const RuleEntry> entries);

// The rules as they stand, with the settings given.
RuleSet current_rule_set(Settings settings = {});

// The rules of that version, for a replay; none when this program does not know it.
std::optional<RuleSet> find_rule_set(std::string_view version, Settings settings);

// The chapters, for the page that shows every rule (docs/rules.md).
std::string_view chapter(const Rule& rule);

// facts/
extern const Rule kNoCardsYet;
extern const Rule kFactsAgree;
extern const Rule kEventNamed;
// who/
extern const Rule kResidentInRegister;
extern const Rule kCardInForce;
extern const Rule kFaceAuthenticationNotYet;
extern const Rule kFaceAuthenticationCard;
extern const Rule kFaceAuthenticationNoPin;
extern const Rule kFaceAuthenticationMandatory;
extern const Rule kSignatureAge;
extern const Rule kSignatureAdultWard;
extern const Rule kOneCertificateOfAKind;
extern const Rule kRepresentativeNeeded;
extern const Rule kProofOfSelf;
extern const Rule kProofOfRepresentative;
extern const Rule kProofOfAgent;
// abroad/
extern const Rule kCardLapsesAbroad;
extern const Rule kContinuedUseAbroad;
extern const Rule kNewCardAbroad;
extern const Rule kOverseasAddress;
// offices/
extern const Rule kOfficeKind;
extern const Rule kOfficeOfResidence;
extern const Rule kMissionsNotYet;
extern const Rule kMissions;
extern const Rule kOfficeHours;
// pins/
extern const Rule kPinForm;
extern const Rule kRegisterPinAtCounter;
extern const Rule kKioskChain;
extern const Rule kKioskHours;
extern const Rule kKioskReservation;
extern const Rule kKioskProof;
extern const Rule kKioskCertificates;
// suspension/
extern const Rule kSuspension;
extern const Rule kSomethingSuspended;
extern const Rule kHoldIsFinal;
extern const Rule kReleaseByHolder;
// renewal/
extern const Rule kRenewalWindow;
extern const Rule kNoticeRecipient;
extern const Rule kExpiryNotice;
extern const Rule kNextRenewal;
// until/
extern const Rule kBirthdayLimit;
extern const Rule kRenewalLimit;
extern const Rule kCardLimit;
extern const Rule kStayLimit;
extern const Rule kAuthorityLimit;
extern const Rule kAuthenticationLimit;
// ends/
extern const Rule kAttributeChange;
extern const Rule kMoveOut;
extern const Rule kDeparture;
extern const Rule kDepartureWithoutContinuedUse;
extern const Rule kDepartureWithContinuedUse;
extern const Rule kDeath;
extern const Rule kLostStatus;
extern const Rule kCardReturned;
extern const Rule kSomethingToEnd;
extern const Rule kOfficersReason;
extern const Rule kHoldersWish;
extern const Rule kKeyDoubt;
extern const Rule kRecordingError;
extern const Rule kAuthorityCompromise;
extern const Rule kSupersededWithCard;
extern const Rule kRecordingErrorNotice;
extern const Rule kCardReplaced;
// fees/
extern const Rule kNoFee;
extern const Rule kCardReissueFee;
extern const Rule kExpressFee;
extern const Rule kWaivedFee;
extern const Rule kNewCardAfterDepartureFee;
extern const Rule kCardRenewalFee;
// card/
extern const Rule kCardValidityUnder20;
extern const Rule kCardValidityUnder18;

}  // namespace shomei::rules
