#include <nlohmann/json.hpp>

#include "app/card_pins.h"
#include "app/card_session.h"
#include "app/card_trust.h"
#include "app/card_words.h"
#include "app/command_list.h"
#include "app/describe.h"
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

struct TwoPins {
  std::optional<SecretBytes> old_pin = {}, new_pin = {};
};

// One that is not given is left out.
Result<std::optional<SecretBytes>> given_pin(const cli::Invocation& invocation, PinId pin,
                                             std::string_view file, std::string_view descriptor) {
  if (!invocation.has(file) && !invocation.has(descriptor)) return std::optional<SecretBytes>{};
  SHOMEI_TRY(auto given, read_pin(invocation, file, descriptor, ""));
  SHOMEI_CHECK(card::client::card_form(pin, given));
  return std::optional(std::move(given));
}

// A person is asked what is missing, of the card that was chosen.
Result<void> ask_for_missing(const cli::Invocation& invocation, PinId pin, const std::string& reader,
                             TwoPins& pins) {
  const auto of = of_reader(reader);
  if (!pins.old_pin) {
    SHOMEI_TRY(auto typed, read_pin(invocation, "pin", "pin-fd",
                                    of + pin_question(pin, PinWord::old, invocation.language)));
    SHOMEI_CHECK(card::client::card_form(pin, typed));
    pins.old_pin = std::move(typed);
  }
  if (!pins.new_pin) {
    SHOMEI_TRY(pins.new_pin, ask_new_pin(pin, PinWord::renewed, invocation.language, of));
  }
  return {};
}

void tell_tries(const cli::Invocation& invocation, const std::string& reader, std::optional<unsigned> tries) {
  if (!tries) return;
  const auto count = std::to_string(*tries);
  const auto en = tries == 1U ? "1 try left" : count + " tries left";
  cli::print_raw("shomei: " + of_reader(reader) + said(invocation, en, "残り" + count + "回") + "\n", false);
}

// What files and descriptors give is there and of its form before a card is looked for; a person is asked
// when it is known which card it is about. Nothing is sent before both PINs are there.
Result<cli::Output> change_pin(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto pin, pin_kind_from(invocation));
  TwoPins pins;
  SHOMEI_TRY(pins.old_pin, given_pin(invocation, pin, "pin", "pin-fd"));
  SHOMEI_TRY(pins.new_pin, given_pin(invocation, pin, "new-pin", "new-pin-fd"));
  SHOMEI_TRY(auto session, CardSession::open(invocation));
  const PinErrand errand{.ask_card = [&](card::Transport& to) { return tries_of(to, pin); },
                         .ask_person = [&, reader = session.transport().reader()](
                                           std::optional<unsigned> tries) -> Result<SecretBytes> {
                           tell_tries(invocation, reader, tries);
                           SHOMEI_CHECK(ask_for_missing(invocation, pin, reader, pins));
                           SHOMEI_TRY(const auto form, card::client::card_form(pin, *pins.new_pin));
                           warn_of_weak_pin(pin, form, invocation.language);
                           return pins.old_pin->clone();
                         },
                         .send =
                             [&](card::Transport& to, const SecretBytes& old_pin) {
                               return card::client::change_pin(to, pin, old_pin, *pins.new_pin);
                             },
                         .changes = true};
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
  return cli::Output{text_of(document), said(invocation, "Written: ", "書き込みました: ") + file};
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
  return cli::Output{text_of(document), verified_text(document, invocation.language),
                     document["standing"] == "good" ? 0 : 1};
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
