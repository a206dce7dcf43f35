// Makes a statement from the store, and signs it as who answers OCSP for that generation.
#pragma once

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "crypto/signer.h"
#include "journal/checkpoint.h"
#include "journal/rows.h"
#include "status/past/life.h"
#include "status/past/statement.h"

namespace shomei::status {

// An act may end both certificates of one person in one entry: who sees that entry's status part sees both
// serial numbers, and with them that they are one person's.
enum class Disclosure {
  own_parts,  // such a part is left out: what it says is then the word of who signs
  all_parts
};

struct Question {
  CertificateName certificate;
  Instant at;
};

// Now, by the clock or by the journal's last entry, which no answer is older than, as no entry is. refused
// "instant_to_come" {at, now}: what is to come may still change the answer.
Result<Instant> expect_past(journal::Rows& rows, Instant at, const Clock& clock);

// Of a life that was collected from the same rows. What expect_past and the rows say.
Result<Statement> make_statement(journal::Rows& rows, const Life& life, const Question& question,
                                 const Clock& clock, const journal::VerifierKey& key, Disclosure disclosure);

// "typ" of the JWS: nothing else that is signed with the responder's key can be taken for a statement.
inline constexpr std::string_view kStatementType = "shomei-status-at";

// By the key of the responder that the certificate is for. refused "status_delegate_unfit",
// "status_delegate_out_of_days" {authority}; what the signer says.
Result<std::string> sign_statement(const Statement& statement, crypto::Signer& signer, ByteView certificate);

}  // namespace shomei::status
