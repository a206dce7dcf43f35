#include "officers/officer.h"

namespace shomei::officers {

namespace field = journal::field;

journal::Fields fields_of(std::string_view act, const Officer& officer) {
  const auto actor = officer.via.empty() ? officer.name : officer.name + std::string(kVia) + officer.via;
  journal::Fields fields{{std::string(field::kAct), to_bytes(act)},
                         {std::string(field::kActor), to_bytes(actor)},
                         {std::string(field::kOffice), to_bytes(officer.office.text())},
                         {std::string(field::kRequest), to_bytes(officer.request.text())}};
  if (officer.credential) fields.emplace(field::kCredential, to_bytes(to_hex_upper(*officer.credential)));
  if (!officer.break_glass.empty()) fields.emplace(field::kBreakGlass, to_bytes(officer.break_glass));
  return fields;
}

}  // namespace shomei::officers
