// There is one distribution point, the directory name of the municipality's partition.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

using pki::NameAttribute;

constexpr std::uint8_t kDirectoryName = 4;

bool holds(const Reading& r) {
  const auto* points = r.find(pki::extension_id::crl_distribution_points());
  if (!points) return false;
  Path outer(points->value);
  Path list = outer.in(der::kSequence);
  Path point = list.in(der::kSequence);
  Path name = point.in(der::context_constructed(0));
  Path full_name = name.in(der::context_constructed(0));
  Path directory_name = full_name.in(der::context_constructed(kDirectoryName));
  return is_name(directory_name.whole(der::kSequence),
                 {{NameAttribute::country, "JP"},
                  {NameAttribute::organization, r.in.profile.organization},
                  {NameAttribute::organizational_unit, r.in.profile.of(r.in.authority.kind()).unit},
                  {NameAttribute::organizational_unit, "CRL Distribution Points"},
                  {NameAttribute::organizational_unit, r.in.place.prefecture},
                  {NameAttribute::common_name, r.in.place.city + " CRLDP"}}) &&
         directory_name.end() && full_name.end() && name.end() && point.end() && list.end() && outer.end();
}

}  // namespace

constinit const Lint kCrlDistributionPoint{
    .id = "crl_distribution_point",
    .citation = "RFC 5280 4.2.1.13; jpki-facts 2.2",
    .demand = "there is one distribution point, the directory name of the municipality's partition",
    .demand_ja = "CRL 配布点が1つで、市区町村の区分のディレクトリ名である",
    .holds = holds};

}  // namespace shomei::authority::lints
