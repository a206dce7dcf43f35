// Each lint finds the least change of a good certificate that it is for, and where it can be no other does.
#include <gtest/gtest.h>

#include <set>

#include "tests/lints/changes.h"

namespace shomei::test {
namespace {

std::vector<Change> all_changes() {
  std::vector<Change> all;
  for (auto part : {changes_of_the_bytes(), changes_of_the_structure(), changes_of_the_head(),
                    changes_of_the_validity(), changes_of_the_subject(), changes_of_the_key(),
                    changes_of_what_is_known(), changes_of_the_extensions(), changes_of_the_purposes(),
                    changes_of_the_addresses(), changes_of_the_identifiers(), changes_of_the_attributes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(EachLint, FindsTheLeastChangeThatItIsFor) {
  for (const auto& change : all_changes()) {
    SCOPED_TRACE(change.what);
    const LintCountry country(change.kind, change.authority_key, change.subject_key);
    Bent bent(country);
    ASSERT_EQ(bent.findings(), "");
    const Bytes before = bent.der();
    change.bend(bent);
    EXPECT_EQ(bent.findings(), change.found);
  }
}

TEST(EachLint, HasAChangeThatItAloneFinds) {
  // What breaks these breaks another with them.
  const std::set<std::string> in_company{"der_bit_strings",
                                         "der_sets",
                                         "der_strings",
                                         "der_oids",
                                         "serial_length",
                                         "validity_order",
                                         "validity_within_authority",
                                         "validity_ends_with_day"};
  std::set<std::string> found;
  std::set<std::string> alone;
  for (const auto& change : all_changes()) {
    const std::string ids = change.found;
    if (ids.find(' ') == std::string::npos) alone.insert(ids);
    for (std::size_t at = 0; at < ids.size();
         at = ids.find(' ', at) == std::string::npos ? ids.size() : ids.find(' ', at) + 1)
      found.insert(ids.substr(at, ids.find(' ', at) - at));
  }
  for (const auto* lint : authority::all_lints()) {
    const std::string lint_id(lint->id);
    EXPECT_TRUE(found.contains(lint_id)) << lint_id;
    EXPECT_NE(alone.contains(lint_id), in_company.contains(lint_id)) << lint_id;
  }
}

TEST(EachLint, HasAnIdentifierACitationAndADemandInBothLanguages) {
  std::set<std::string_view> ids;
  for (const auto* lint : authority::all_lints()) {
    EXPECT_TRUE(ids.insert(lint->id).second) << lint->id;
    EXPECT_FALSE(lint->citation.empty()) << lint->id;
    EXPECT_FALSE(lint->demand.empty() || lint->demand.ends_with('.')) << lint->id;
    EXPECT_FALSE(lint->demand_ja.empty()) << lint->id;
  }
}

}  // namespace
}  // namespace shomei::test
