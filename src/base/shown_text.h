// Foreign text made fit to be shown to a person on a terminal or in a log: nothing in it moves the cursor,
// hides or reorders what stands around it, or begins a line of its own. What a program reads (JSON
// parameters) stays as it came. Sources: ECMA-48 (control characters), Unicode Standard Annex #9 (controls of
// direction), RFC 3629.
#pragma once

#include <string>
#include <string_view>

namespace shomei {

// Each control character (C0, DEL, C1), line or paragraph separator and control of direction becomes '?';
// each byte that is not of UTF-8 becomes U+FFFD.
std::string shown_line(std::string_view text);
// The same, and line feeds stay: for text of our own in several lines that quotes others.
std::string shown_lines(std::string_view text);
// A line of at most 100 bytes of the text, with "..." when there is more: for a value inside a sentence.
std::string fit_for_sentence(std::string_view text);

}  // namespace shomei
