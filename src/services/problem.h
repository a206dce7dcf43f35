// Errors as problem documents (RFC 9457): the one place where an Error becomes an HTTP answer.
// Members: type ("about:blank": the status says what kind it is), title, status, detail (the sentence), code,
// rule.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "texts/says.h"

namespace shomei::services {

// malformed 400, refused 403, not_found 404, conflict 409, unavailable 503, internal 500.
int status_of(Fault fault);

// An internal error is told as "internal_fault" and nothing else: its code and parameters are for the log.
http::Response problem(const Error& error, texts::Language language = texts::Language::en);

// The same for a counter, which acts on it as on an error of its own: with the members `fault` and
// `parameters` as `shomei --json` prints them (docs/formats/acts.md).
http::Response problem_of_act(const Error& error, texts::Language language);
// The error again. What is no such document, or of a code without a sentence, is unavailable "peer_failed"
// {detail}.
Error parse_problem(std::string_view text);

// The same with a status of the protocol instead of the fault's: for http::Server, http::Router and services
// that refuse a media type (415). Statuses that have no sentence are told as internal.
http::Response problem_page(int status);

// The first language of Accept-Language that there are texts in; English where none is.
texts::Language language_of(const http::Request& request);

}  // namespace shomei::services
