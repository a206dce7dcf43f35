// Terminal: what a client does with a card of the JPKI application, in the client's words. One card, one
// thread. Call select_jpki first; verified PINs last until the card is reset or selected again.
// Errors of every function: unavailable "card_gone" and what else the transport says, malformed "card_answer"
// (parameters sw, command) when the card does not keep to its part.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/application.h"
#include "card/client/availability.h"
#include "card/client/token_info.h"
#include "card/kind.h"
#include "card/scheme.h"
#include "card/transport.h"

namespace shomei::card::client {

class Terminal {
 public:
  explicit Terminal(Transport& transport) : transport_(transport) {}

  // Drops every verified PIN. not_found "not_a_jpki_card".
  Result<void> select_jpki();

  // "JPKIAPICCTOKEN2" on today's plastic card, without the filler.
  Result<std::string> token_label();
  Result<TokenInfo> token_info();  // EF 0006 whole
  Result<Availability> availability();

  // Costs no try. 0: the PIN is blocked, or there is none; all of them for one that is verified. None: the
  // card does not say.
  Result<std::optional<unsigned>> tries_left(Kind kind);
  // Nothing is sent that no card could hold: malformed "pin_form", "password_form". Lower case is taken for
  // upper case in the signature password. refused "pin_wrong" (parameter tries), "pin_blocked".
  Result<void> verify(Kind kind, const SecretBytes& pin);
  // Verifies the old one first, so that a wrong one costs a try.
  Result<void> change_pin(Kind kind, const SecretBytes& old_pin, const SecretBytes& new_pin);

  // DER, without the filler behind it. not_found "certificate_absent"; refused "pin_needed" for the signature
  // certificate before its PIN.
  Result<Bytes> certificate(Kind kind) { return read_certificate(certificate_file(kind)); }
  Result<Bytes> authority_certificate(Kind kind) { return read_certificate(authority_file(kind)); }

  // As the scheme says: 256 bytes of RSA. A P-384 key answers r and s, 48 bytes each, and takes the SHA-384
  // of a message under digest_info and a message under digest_info_of. refused "pin_needed"; malformed
  // "digest_info_length" when no scheme takes so many bytes.
  Result<Bytes> sign(Kind kind, Scheme scheme, ByteView input);
  // RSASSA-PKCS1-v1_5 with SHA-256.
  Result<Bytes> sign_sha256(Kind kind, ByteView message);

 private:
  Result<Bytes> read_certificate(FileId id);
  Result<Bytes> read(std::size_t offset, std::size_t bytes);
  Result<Bytes> read_whole(FileId id, std::size_t bytes);
  Result<void> select_present(FileId id);

  Transport& transport_;
};

}  // namespace shomei::card::client
