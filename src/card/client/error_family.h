// ErrorFamily: whether doing the very same again can help. Retryable: once the person has done what the
// sentence says (put the card back, start pcscd, end the other program), the same act with the same input may
// succeed, and has cost nothing on the card so far as no PIN was on its way; for one that was,
// pin_transport.h has errors of their own. Fatal: it would fail again, or spend a try of a PIN: a wrong PIN
// is fatal, and one whose answer was lost, so that no program sends it again by itself.
#pragma once

#include <string_view>

#include "base/result.h"

namespace shomei::card::client {

enum class ErrorFamily { retryable, fatal };

std::string_view name(ErrorFamily family);  // "retryable", "fatal"
ErrorFamily family_of(const Error& error);

}  // namespace shomei::card::client
