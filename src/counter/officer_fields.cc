#include "counter/parts.h"
#include "crypto/random.h"
#include "rules/rule_set.h"

namespace shomei::counter {

namespace field = journal::field;

journal::Fields officer_fields(std::string_view act, const Officer& officer) {
  return {{std::string(field::kAct), to_bytes(act)},
          {std::string(field::kActor), to_bytes(officer.name)},
          {std::string(field::kOffice), to_bytes(officer.office.text())},
          {std::string(field::kRequest), to_bytes(officer.request.text())},
          {std::string(field::kRuleSet), to_bytes(rules::current_rule_set().version)}};
}

Result<void> record_refusal(const Parts& parts, std::string_view act, const Officer& officer,
                            const ResidentId& resident, const journal::Fields& person, const Error& refusal) {
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  journal::Draft draft{
      .act = crypto::random_identifier<ActId>(), .person = person, .officer = officer_fields(act, officer)};
  draft.person.insert_or_assign(std::string(field::kResident), to_bytes(resident.text()));
  draft.officer.insert_or_assign(std::string(field::kRefusal), to_bytes(refusal.code));
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace shomei::counter
