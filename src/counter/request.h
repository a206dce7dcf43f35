// Requests are taken in once. Who is not sure whether one arrived may send it again under the same
// identifier, and gets the same answer; the same identifier with other content is a mistake of the caller.
#pragma once

#include <optional>

#include "counter/parts.h"

namespace shomei::counter {

// What was asked: the words in their order, none of them in doubt where it ends.
crypto::Sha256 content_of(std::initializer_list<std::string_view> words);

// The answer to an act on one certificate: which, and what it was when the act was done.
Bytes encode_answer(const journal::CertificateRecord& record);

// What the request answered before; none when it is new. conflict "request_differs" when it asked something
// else, "request_exists" when it has no answer: it is under way, or was interrupted.
Result<std::optional<journal::CertificateRecord>> answered_before(journal::Rows& rows,
                                                                  const RequestId& request,
                                                                  const crypto::Sha256& content);

}  // namespace shomei::counter
