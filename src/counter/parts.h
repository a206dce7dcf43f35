// What every procedure of the counter needs; all borrowed from the composition in app/.
#pragma once

#include <functional>
#include <memory>

#include "authority/authority.h"
#include "authority/lint.h"
#include "authority/profile.h"
#include "counter/office.h"
#include "journal/transaction.h"
#include "officers/admission.h"
#include "rules/decide.h"

namespace shomei::counter {

struct CardPolicy;

struct Parts {
  journal::Journal& journal;
  const authority::Profile& profile;
  const Directory& directory;
  const rules::RuleSet& rules;
  // The generation that issues certificates of that kind now.
  std::function<Result<const authority::Authority*>(pki::CertificateKind)> issuing_authority;
  // What is known of other keys now: asked for each certificate, kept while one is prepared. None: nothing
  // is.
  std::function<Result<std::shared_ptr<const authority::KnownKeys>>()> known_keys = {};
  // Whose cards are believed, and what they have to prove (card_policy.h). Null: nothing.
  const CardPolicy* cards = nullptr;
  // Who may do what (admit.h asks it). Null: whoever gets here may do everything.
  const officers::Admission* admission = nullptr;
};

// What `known_keys` says; never null.
Result<std::shared_ptr<const authority::KnownKeys>> known_keys_of(const Parts& parts);

using officers::Officer;

// The operator part of an act's entries.
journal::Fields officer_fields(std::string_view act, const Officer& officer);

// What the rules looked at and said, and the settings that they had: enough to decide it again.
journal::Fields decision_fields(const rules::Facts& facts, const rules::Decision& decision,
                                const rules::Settings& settings);

// A refused act leaves a trace: one entry with the facts, the decision or the code of the refusal.
Result<void> record_refusal(const Parts& parts, std::string_view act, const Officer& officer,
                            const ResidentId& resident, const journal::Fields& person, const Error& refusal);

// Decides an act at an office. When it is not granted, the trace is left and the refusal is the error.
struct Decided {
  rules::Decision decision;
  journal::Fields person;  // decision_fields
};
Result<Decided> decide_act(const Parts& parts, const rules::Act& act, const rules::Facts& facts,
                           const Officer& officer, const ResidentId& resident);
// The same within a transaction whose rows the facts are from; a refusal ends it with the trace alone, so
// nothing may have been put into it before.
Result<Decided> decide_act_in(journal::Transaction& transaction, const Parts& parts, const rules::Act& act,
                              const rules::Facts& facts, const Officer& officer, const ResidentId& resident);
// The same without a trace: for what is looked at ahead, and decided again when it is not granted.
Result<Decided> decide_ahead(const Parts& parts, const rules::Act& act, const rules::Facts& facts);

}  // namespace shomei::counter
