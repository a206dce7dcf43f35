// PersonalReader: files and PINs of the applications that hold personal data. One card, one thread; select
// first. Over a sealing::SessionTransport it reads sealed. Nothing is kept, and nothing is read that was not
// asked for. Errors of every function: those of the transport, malformed "card_answer" {sw, command}.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/application.h"
#include "card/transport.h"

namespace shomei::card::reading {

class PersonalReader {
 public:
  explicit PersonalReader(Transport& transport) : transport_(transport) {}

  // face, input_helper or common. Drops every verified PIN. not_found "application_absent" {application}.
  Result<void> select(ApplicationId application);

  // Costs no try. 0: blocked, or never set; all of them for one that is verified. None: the card does not
  // say.
  Result<std::optional<unsigned>> tries_left(PinId pin);
  // Digits as they were typed. malformed "digits_form" {digits}: nothing was sent, so that it costs no try.
  // refused "pin_wrong" {tries}, "pin_blocked".
  Result<void> verify(PinId pin, const SecretBytes& digits);

  // A whole file with its filler, as the digests want it: at most 32 KiB. refused "pin_needed"; not_found
  // "card_file_absent" {file} when there is none or nothing in it.
  Result<Bytes> read_file(FileId file);
  // Likewise the first record of a file.
  Result<Bytes> read_record(FileId file);

 private:
  Result<void> select_present(FileId file);

  Transport& transport_;
};

}  // namespace shomei::card::reading
