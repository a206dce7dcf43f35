// Rows as JSON documents (docs/formats/documents.md) and as text for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "journal/certificate_record.h"
#include "journal/rows.h"
#include "register/resident.h"
#include "services/acts/certificate_json.h"

namespace shomei::app {

using services::describe;        // a certificate's row
using services::describe_whole;  // and what only the certificate says
nlohmann::json describe(const residents::Resident& resident, const std::vector<residents::CardRecord>& cards);

// "1A2B...  signature  valid  until 2031-01-02  resident ...".
std::string one_line(const journal::CertificateRecord& record);
std::string people_text(const nlohmann::json& document);  // "member: value" lines
// What others wrote may not be UTF-8; each such byte becomes U+FFFD, and the rest can be read.
std::string text_of(const nlohmann::json& document);

}  // namespace shomei::app
