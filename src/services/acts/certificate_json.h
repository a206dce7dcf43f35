// Certificate rows as JSON documents (docs/formats/documents.md), for the command line and for services.
#pragma once

#include <nlohmann/json.hpp>

#include "counter/block_key.h"
#include "journal/certificate_record.h"

namespace shomei::services {

nlohmann::json describe(const journal::CertificateRecord& record);  // without what only the certificate says
nlohmann::json describe_whole(
    const journal::CertificateRecord& record);  // and with it: names, attributes, PEM

// A key that was blocked, and its certificates as rows.
nlohmann::json describe(const counter::KeyState& state, const counter::BlockRequest& request);

// What a counter needs of describe_whole() again: kind, authority, serial, resident, card, office, act,
// state, delivered and der. `text` is a whole answer. malformed "answer_form" {what}.
Result<journal::CertificateRecord> parse_certificate(std::string_view text);

}  // namespace shomei::services
