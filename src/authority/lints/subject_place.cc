// The subject's two L are the prefecture and the city of the municipality.
#include <vector>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  std::vector<std::string_view> places;
  for (const auto& rdn : r.subject)
    if (is_type(rdn, pki::NameAttribute::locality)) places.push_back(text_of(rdn.text));
  return places == std::vector<std::string_view>{r.in.place.prefecture, r.in.place.city};
}

}  // namespace

constinit const Lint kSubjectPlace{
    .id = "subject_place",
    .citation = "jpki-facts 2.3",
    .about = Lint::About::signature,
    .demand = "the subject's two L are the prefecture and the city of the municipality",
    .demand_ja = "主体者名の2つの L が市区町村の都道府県名と市区町村名である",
    .holds = holds};

}  // namespace shomei::authority::lints
