// The worked example of docs/formats/journal-entry.md is recomputed, so that the document cannot go stale.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "journal/entry.h"
#include "journal/part.h"
#include "journal/status_part.h"
#include "journal/tree.h"

namespace shomei::journal {
namespace {

// The lines of the block: "name =" and, below it, the bytes in hexadecimal.
std::map<std::string, std::string> example_of_document() {
  std::ifstream document(SHOMEI_SOURCE "/docs/formats/journal-entry.md");
  std::map<std::string, std::string> values;
  std::string line, name;
  bool inside = false;
  while (std::getline(document, line)) {
    if (line.starts_with("```")) inside = line == "```example";
    if (!inside || line.starts_with("```")) continue;
    if (line.ends_with(" ="))
      name = line.substr(0, line.size() - 2);
    else
      values[name] += line.substr(line.find_first_not_of(' '));
  }
  return values;
}

class FormatDocument : public testing::Test {
 protected:
  Part part(const std::string& name) const {
    Part part;
    const Bytes salt = *from_hex(example_.at(name + ".salt"));
    std::copy(salt.begin(), salt.end(), part.salt.begin());
    part.body = *from_hex(example_.at(name + ".body"));
    return part;
  }
  std::map<std::string, std::string> example_ = example_of_document();
};

TEST_F(FormatDocument, BodiesAreWhatTheWordsSay) {
  const StatusChange reserved = SerialReserved{"signature-1", *pki::SerialNumber::parse_hex("7A01B2C3D4")};
  EXPECT_EQ(to_hex(encode_status_part({reserved})), example_.at("status.body"));
  const Fields person{{"card", to_bytes("card-example-1")}, {"resident", to_bytes("resident-example-1")}};
  EXPECT_EQ(to_hex(encode_fields(person)), example_.at("person.body"));
  const Fields officer{{"act", to_bytes("issue")},
                       {"actor", to_bytes("officer-example-1")},
                       {"office", to_bytes("office-example-1")}};
  EXPECT_EQ(to_hex(encode_fields(officer)), example_.at("operator.body"));
}

TEST_F(FormatDocument, CommitmentsEntryAndLeafFollow) {
  ASSERT_EQ(example_.size(), 11U);
  Entry entry;
  entry.sequence = 7;
  entry.recorded_at = InstantMs{std::chrono::milliseconds{1795305600123}};
  entry.act = *ActId::parse("act-example-0001");
  entry.phase = Phase::intent;
  for (auto kind : kPartKinds) {
    const std::string kind_name(name(kind));
    const auto commitment = commit(kind, part(kind_name));
    EXPECT_EQ(to_hex(commitment), example_.at(kind_name + ".commitment"));
    entry.commitments[static_cast<std::size_t>(kind)] = commitment;
  }
  EXPECT_EQ(to_hex(encode_entry(entry)), example_.at("entry"));
  EXPECT_EQ(to_hex(leaf_hash(encode_entry(entry))), example_.at("leaf"));
  EXPECT_EQ(format_utc(std::chrono::floor<std::chrono::seconds>(entry.recorded_at)), "2026-11-22T00:00:00Z");
}

}  // namespace
}  // namespace shomei::journal
