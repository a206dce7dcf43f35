// The transcript of a ceremony, for its witnesses: who, when, with which software and tokens, and the
// fingerprint of every key and certificate, in English and Japanese; and the same as JSON, whose digest
// stands in the text. The text is a note signed with the key of the journal's checkpoints (C2SP signed-note;
// docs/formats/ceremony.md).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "home/ceremony/hold.h"

namespace shomei::home {

struct Transcript {
  std::string note;  // the text with its signature
  std::string json;  // one document and a line feed
};

struct Surroundings {
  std::string host;    // the machine
  std::string origin;  // the journal's name, under which the note is signed
};

Result<Transcript> make_transcript(const CeremonyFile& file, const CeremonyReport& report,
                                   const Surroundings& surroundings, crypto::Signer& checkpoint_signer);

// What the text says of a step: "key signature-1 (rsa-2048, token:root)", in both languages.
std::string step_text(const CeremonyStep& step);

}  // namespace shomei::home
