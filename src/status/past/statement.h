// Statement: the answer to "was this certificate good at that instant?" as a document, with the proof of
// every entry that it rests on (docs/formats/status-at.md has every member).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "journal/receipt/receipt.h"
#include "status/past/life.h"
#include "status/past/state_at.h"

namespace shomei::status {

struct Statement {
  CertificateName certificate;
  Instant at;           // the instant that was asked about
  Instant produced_at;  // when the answer was made
  std::vector<Change> changes;
  // The entry that added the authority, and those of the changes, under one checkpoint. A status part that is
  // about other certificates too may be left out.
  journal::Receipt proof;

  StateAt now() const { return known_now(changes, at); }
  StateAt then() const { return known_then(changes, at); }
  bool good() const { return is_good(now()); }
};

inline constexpr std::size_t kStatementBytesMax = 8 * 1024 * 1024;

// One JSON object in one line, without a line feed: what is signed are these bytes.
std::string encode_statement(const Statement& statement);
// Of the one form that encode_statement writes, line feeds at its end excepted: so what the answer says
// follows from the changes, and there is nothing else in it. malformed "status_at_form" {what}.
Result<Statement> parse_statement(std::string_view text);

}  // namespace shomei::status
