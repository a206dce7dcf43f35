#include "journal/binding.h"

namespace shomei::journal {
namespace {

constexpr std::string_view kDomain = "shomei act binding v1";

}  // namespace

crypto::Sha256 bound(const Binding& binding, ByteView salt) {
  Bytes all = to_bytes(kDomain);
  all.push_back(0x00);
  append(all, salt);
  const auto add = [&all](ByteView member) {
    append_u32(all, static_cast<std::uint32_t>(member.size()));
    append(all, member);
  };
  for (const auto* text : {&binding.resident, &binding.card, &binding.request, &binding.actor,
                           &binding.office, &binding.authority})
    add(view(*text));
  add(binding.serial.magnitude());
  add(binding.key);
  return crypto::sha256(all);
}

Binding binding_of(const CertificateRecord& record, const Fields& officer) {
  return {record.resident.text(),
          record.card.text(),
          text(officer, field::kRequest),
          text(officer, field::kActor),
          record.office.text(),
          record.authority,
          record.serial,
          record.key};
}

}  // namespace shomei::journal
