// What an entry of the journal says, in a sentence for people, in both languages; and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "journal/part.h"
#include "journal/rows.h"
#include "journal/status_part.h"
#include "texts/says.h"

namespace shomei::app {

// What is known of an entry; null where a part is not there (withheld, erased, not in the receipt).
struct KnownEntry {
  const journal::Entry& entry;
  const std::vector<journal::StatusChange>* status = nullptr;
  const journal::Fields* person = nullptr;
  const journal::Fields* officer = nullptr;
};

// "2026-11-22 ...  issue (result), by cli at inagi-city-hall: certificate 7A01 of signature-1 issued ...".
std::string says(const KnownEntry& known, texts::Language language);
// The persons part in lines: resident, card, and the names in a certificate. Empty when there is none.
std::string says_of_person(const journal::Fields& person, texts::Language language);

// An entry with the parts that are wanted; each field is text, or base64 where it is not.
nlohmann::json describe_entry(const journal::StoredEntry& stored, bool with_person);
nlohmann::json describe_fields(const journal::Fields& fields);

}  // namespace shomei::app
