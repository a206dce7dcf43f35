// Checks a statement, signed or not, with the journal's verifier key and nothing else. It proves that the
// entries are in the journal and say what the statement says. That nothing else about the certificate is in
// the journal is the word of who signed it: only who has every status part can see that.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "journal/checkpoint.h"
#include "pki/certificate.h"
#include "status/past/statement.h"

namespace shomei::status {

struct CheckedStatement {
  Statement statement;
  journal::Checkpoint checkpoint;          // under which the entries were proven
  pki::Certificate authority;              // as the journal has it
  std::optional<pki::Certificate> signer;  // none: nobody has signed it
  std::vector<std::uint64_t> withheld;     // entries of which the proof does not show what they say
};

// `authority` (DER) is what the journal's must be, where the caller has it from elsewhere. malformed
// "status_at_form", "jws_form"; refused "status_at_wrong" {check, what}, of which `check` is one of
//   signature   the JWS is not signed by the key of its certificate, or is not of this kind
//   responder   that certificate is not one by which the authority lets others answer, or was not valid then
//   authority   the authority's certificate is not proven, or not the one that the caller has
//   key         it was made under another verifier key
//   checkpoint  the checkpoint is not signed by that key
//   proof       an entry is not in the tree, a part is not the recorded one, an entry too many or too few
//   changes     the changes are not what the entries say
//   time        something in it is later than the statement
Result<CheckedStatement> check_statement(std::string_view text, const journal::VerifierKey& key,
                                         std::optional<ByteView> authority = {});

}  // namespace shomei::status
