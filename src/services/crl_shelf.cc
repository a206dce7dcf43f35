#include "services/crl_shelf.h"

#include <optional>

#include "journal/list_name.h"
#include "pki/certificate.h"
#include "services/caching.h"

namespace shomei::services {
namespace {

struct Form {
  std::string_view ending, media_type;
  bool pem;
};
constexpr Form kForms[] = {{".crl", "application/pkix-crl", false}, {".pem", "application/x-pem-file", true}};

const Form* form_of(std::string_view file) {
  for (const Form& form : kForms)
    if (file.ends_with(form.ending)) return &form;
  return nullptr;
}

Error unknown(std::string_view name) {
  return not_found("crl_unknown", {{"authority", std::string(name)}});
}

CrlShelf::List list_of(journal::CrlRecord&& record, const Form& form) {
  Bytes content =
      form.pem ? to_bytes(std::string_view(pki::to_pem("X509 CRL", record.der))) : std::move(record.der);
  std::string tag = entity_tag(content);
  return {record.number,
          record.this_update,
          record.next_update,
          form.media_type,
          std::make_shared<const Bytes>(std::move(content)),
          std::move(tag)};
}

}  // namespace

std::shared_ptr<CrlShelf::Place> CrlShelf::place_of(std::string_view file) {
  const std::lock_guard lock(mutex_);
  const auto at = places_.find(file);
  if (at != places_.end()) return at->second;
  return places_.emplace(file, std::make_shared<Place>()).first->second;
}

Result<std::shared_ptr<const CrlShelf::List>> CrlShelf::find(std::string_view file) {
  const Form* form = form_of(file);
  if (!form) return unknown(file);
  const auto text = file.substr(0, file.size() - form->ending.size());
  const auto name = journal::ListName::parse(text);
  if (!name) return unknown(text);
  SHOMEI_TRY(const auto rows, engine_.begin(journal::Access::read));
  SHOMEI_TRY(const auto number, rows->latest_crl_number(name->text()));
  if (number == 0) return unknown(text);
  const auto place = place_of(file);
  const std::lock_guard lock(place->reading);
  if (place->list && place->list->number >= number) return place->list;
  SHOMEI_TRY(auto record, rows->latest_crl(name->text()));
  if (!record) return unknown(text);
  place->list = std::make_shared<const List>(list_of(*std::move(record), *form));
  return place->list;
}

}  // namespace shomei::services
