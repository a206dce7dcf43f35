#include <nlohmann/json.hpp>

#include "app/card_pins.h"
#include "app/card_session.h"
#include "app/card_trust.h"
#include "app/command_list.h"
#include "app/pin_questions.h"
#include "card/client/holder_pin.h"
#include "card/client/pin_input.h"
#include "cli/print.h"
#include "files/file.h"
#include "home/clock.h"
#include "pki/certificate.h"
#include "rules/pins/pin_quality.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::PinId;
using card::trust::TrustFolder;
using nlohmann::json;

// A holder at home is told; a counter refuses.
void warn_of_weak_pin(PinId of, const SecretBytes& pin, texts::Language language) {
  const auto of_kind = of == PinId::signature ? rules::Kind::signature : rules::Kind::user_authentication;
  const auto checked = rules::check_pin(of_kind, pin.reveal_text(), std::nullopt, {});
  if (checked || checked.error().fault != Fault::refused) return;
  cli::print_raw("shomei: " + texts::says(refused("weak_pin_warning"), language) + "\n", false);
}

Result<SecretBytes> new_pin_of(const cli::Invocation& invocation, PinId pin) {
  if (!invocation.has("new-pin") && !invocation.has("new-pin-fd"))
    return ask_new_pin(pin, PinWord::renewed, invocation.language);
  return read_pin(invocation, "new-pin", "new-pin-fd", "");
}

void tell_tries(const cli::Invocation& invocation, const std::string& reader, std::optional<unsigned> tries) {
  if (!tries) return;
  const auto count = std::to_string(*tries);
  const auto en = tries == 1U ? "1 try left" : count + " tries left";
  cli::print_raw("shomei: " + of_reader(reader) + said(invocation, en, "残り" + count + "回") + "\n", false);
}

// Both PINs are there and of their form before the card is held: a slip costs no try, and nobody
// waits for a person who types.
Result<cli::Output> change_pin(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto pin, pin_kind_from(invocation));
  SHOMEI_TRY(const auto old_pin,
             read_pin(invocation, "pin", "pin-fd", pin_question(pin, PinWord::old, invocation.language)));
  SHOMEI_CHECK(card::client::card_form(pin, old_pin));
  SHOMEI_TRY(const auto new_pin, new_pin_of(invocation, pin));
  SHOMEI_TRY(const auto form, card::client::card_form(pin, new_pin));
  warn_of_weak_pin(pin, form, invocation.language);
  SHOMEI_TRY(auto session, CardSession::open(invocation));
  auto& transport = session.transport();
  const PinErrand errand{.ask_card = [&] { return card::client::tries_left(transport, pin); },
                         .ask_person =
                             [&, reader = transport.reader()](std::optional<unsigned> tries) {
                               tell_tries(invocation, reader, tries);
                               return Result<SecretBytes>(old_pin.clone());
                             },
                         .send =
                             [&](const SecretBytes& old_one) {
                               return card::client::change_pin(transport, pin, old_one, new_pin);
                             }};
  SHOMEI_CHECK(run_pin_errand(invocation, session.held(), errand));
  return cli::Output{json{{"changed", card::name(pin)}}.dump(),
                     said(invocation, "The PIN is changed.", "暗証番号を変更しました。")};
}

Result<Bytes> read_certificate(const cli::Invocation& invocation, Kind kind) {
  SHOMEI_TRY(auto session, CardSession::open(invocation));
  if (invocation.has("authority")) return session.terminal().authority_certificate(kind);
  if (kind == Kind::signature) SHOMEI_CHECK(verify_pin(invocation, session.held(), kind));
  return session.terminal().certificate(kind);
}

Result<cli::Output> certificate(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, kind_option(invocation));
  SHOMEI_TRY(const auto der, read_certificate(invocation, kind));
  const auto file = invocation.get("out");
  const auto content = invocation.has("pem") ? to_bytes(pki::to_pem("CERTIFICATE", der)) : der;
  SHOMEI_CHECK(files::write_output(file, content));
  const json document{{"out", file},
                      {"kind", card::name(kind)},
                      {"bytes", content.size()},
                      {"fingerprint", to_hex_upper(crypto::sha256(der))}};
  return cli::Output{document.dump(), said(invocation, "Written: ", "書き込みました: ") + file};
}

// Exit code 1 unless it is of a known authority and within its days.
Result<cli::Output> verify(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, kind_option(invocation));
  SHOMEI_TRY(const auto folder, trust_folder(invocation));
  SHOMEI_TRY(const auto trust, TrustFolder::open(folder));
  SHOMEI_TRY(const auto der, read_certificate(invocation, kind));
  SHOMEI_TRY(auto document, describe_certificate(der, kind, trust, home::SystemClock().now()));
  document["kind"] = card::name(kind);
  document["revocation"] = "not_checked";
  return cli::Output{document.dump(), document.dump(2), document["standing"] == "good" ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> card_commands() {
  return {
      {"card change-pin",
       "change a PIN of the card",
       "shomei card change-pin --kind user_authentication",
       {kPinKindOption,
        kPinOption,
        kPinFdOption,
        {"new-pin", "FILE", "file with the new PIN on its first line; asked on the terminal when left out"},
        {"new-pin-fd", "N", "file descriptor whose next line is the new PIN; it may be that of --pin-fd"},
        kLastTryOption,
        kReaderOption,
        kWaitOption},
       card_act<change_pin>},
      {"card certificate",
       "write a certificate of the card into a file",
       "shomei card certificate --kind user_authentication --out card.cer",
       {kKindOption,
        {"out", "FILE", "where the certificate goes", true},
        {"pem", "", "PEM instead of DER"},
        {"authority", "", "that of the authority which the card holds: nothing vouches for it"},
        kPinOption,
        kPinFdOption,
        kLastTryOption,
        kReaderOption,
        kWaitOption},
       card_act<certificate>},
      {"card verify",
       "whether a certificate of the card is of an authority that was taken in (see card trust)",
       "shomei card verify --kind user_authentication",
       {kKindOption, kTrustOption, kPinOption, kPinFdOption, kLastTryOption, kReaderOption, kWaitOption},
       card_act<verify>}};
}

}  // namespace shomei::app
