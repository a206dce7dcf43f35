// One command and its answer, and what a status word means to a caller. Of this folder and of
// card/reading and card/traces.
#pragma once

#include "base/result.h"
#include "card/apdu.h"
#include "card/application.h"
#include "card/transport.h"

namespace shomei::card::client {

// The answer in one piece: what a card holds back (61xx) is fetched with GET RESPONSE, and a command is said
// once more when the card names another length (6Cxx) than was asked for. malformed "card_answer" when the
// answer has no status word, more data than was asked for, or does not come to an end.
Result<Answer> exchange(Transport& transport, const Command& command);
// And the answer must be 9000: otherwise unavailable "card_memory" when the card could not store something,
// else malformed "card_answer"; with the parameters `sw` and `command` (the header in hexadecimal; never the
// data).
Result<Bytes> expect_done(Transport& transport, const Command& command);
Error unexpected(const Command& command, StatusWord word);

Result<void> select_application(Transport& transport);  // not_found "not_a_jpki_card"
// SELECT by name. Whatever a card without it answers means that it is absent.
Result<bool> has_application(Transport& transport, ByteView name);
// SELECT of a file: false when the card has none of that name.
Result<bool> select_file(Transport& transport, FileId id);

}  // namespace shomei::card::client
