// The certificate has the members of a version 3 certificate in their order, and no others. issuerUniqueID
// and subjectUniqueID are among the others: RFC 5280 4.1.2.8 wants conforming authorities to write
// neither.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return r.structured;
}

}  // namespace

constinit const Lint kTbsStructure{
    .id = "tbs_structure",
    .citation = "RFC 5280 4.1.2",
    .demand = "the certificate has the members of a version 3 certificate in their order, and no others",
    .demand_ja = "バージョン3の証明書の要素だけが正しい順に並んでいる",
    .holds = holds};

}  // namespace shomei::authority::lints
