#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "app/card_session.h"
#include "app/card_words.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/in_file.h"
#include "app/stop_signal.h"
#include "card/apdu.h"
#include "card/client/pin_transport.h"
#include "card/traces/recorder.h"
#include "card/traces/replay.h"
#include "card/vpcd/serve.h"
#include "cli/print.h"
#include "cli/prompt.h"
#include "files/descriptor.h"
#include "files/file.h"
#include "home/settings.h"

namespace shomei::app {
namespace {

namespace traces = card::traces;
namespace vpcd = card::vpcd;
using card::Kind;
using nlohmann::json;

// What another program says through a virtual reader goes to the card in the real one. When no answer comes,
// the program is told that the card failed (6F00), and the trace has no answer.
class Relay {
 public:
  Relay(card::pcsc::PcscTransport& card, traces::PersonalData personal_data, int trace)
      : card_(card), recorder_(card, personal_data, [this, trace](const std::string& lines) {
          whole_ = whole_ && files::write_all(trace, view(lines));
        }) {}

  // Everything that was said is in the file; otherwise the dialogue is at its end.
  bool whole() const { return whole_; }

  vpcd::Seat seat() {
    return {.respond = [this](ByteView command) { return respond(command); },
            .reset = [this] { reset(); },
            .atr = {0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14}};
  }

 private:
  Bytes respond(ByteView command) {
    if (!whole_) return card::encode_answer(card::sw::kNoDiagnosis);
    auto answer = recorder_.transmit(command);
    return answer ? *std::move(answer) : card::encode_answer(card::sw::kNoDiagnosis);
  }
  void reset() {
    (void)card_.power_anew();
    recorder_.note_power();
  }

  card::pcsc::PcscTransport& card_;
  traces::Recorder recorder_;
  bool whole_ = true;
};

Result<vpcd::ReaderOptions> virtual_reader(const cli::Invocation& invocation) {
  vpcd::ReaderOptions options;
  SHOMEI_TRY(const auto address, home::parse_address(invocation.get("into", "127.0.0.1:35963")));
  options.host = address.host;
  options.port = address.port;
  options.on_event = [](vpcd::ReaderEvent event) {
    if (event == vpcd::ReaderEvent::inserted) cli::print_raw("shomei: the card is in the reader\n", false);
  };
  return options;
}

// Also a file that was there, which others may have been let to read; a device or a pipe stays as it is.
bool make_owners_alone(int file) {
  struct stat found {};
  if (::fstat(file, &found) != 0) return false;
  return !S_ISREG(found.st_mode) || ::fchmod(file, files::kOwnerOnly) == 0;
}

Result<files::Descriptor> open_trace(const std::string& path) {
  files::Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, files::kOwnerOnly));
  const auto heading = traces::kTraceHeading;
  if (!file || !make_owners_alone(file.get()) || !files::write_all(file.get(), view(heading)))
    return unavailable("card_trace_unwritable", {{"path", path}});
  return file;
}

Result<cli::Output> trace(const cli::Invocation& invocation) {
  catch_stop_signals();
  SHOMEI_TRY(const auto options, virtual_reader(invocation));
  SHOMEI_TRY(const auto card, card::pcsc::PcscTransport::connect(invocation.get("reader")));
  SHOMEI_TRY(const auto file, open_trace(invocation.get("out")));
  const auto personal_data =
      invocation.has("with-personal-data") ? traces::PersonalData::kept : traces::PersonalData::masked;
  Relay relay(*card, personal_data, file.get());
  SHOMEI_CHECK(vpcd::serve_vpcd(relay.seat(), options, stop_requested()));
  if (!relay.whole()) return unavailable("card_trace_incomplete", {{"path", invocation.get("out")}});
  return cli::Output{text_of({{"out", invocation.get("out")}, {"reader", card->reader()}}),
                     said(invocation, "Written: ", "書き込みました: ") + invocation.get("out")};
}

Result<std::vector<traces::Step>> read_trace(const std::string& path) {
  SHOMEI_TRY(const auto content, files::read_file(path, traces::kTraceBytesMax));
  return in_file(path, traces::parse_trace(to_text(content)));
}

// The PINs of --pin: the first line opens user authentication, the second signatures.
Result<traces::ReplayOptions> replay_options(const cli::Invocation& invocation) {
  traces::ReplayOptions options{.words_only = invocation.has("words-only"), .sign = invocation.has("sign")};
  if (!invocation.has("pin")) return options;
  SHOMEI_TRY(auto lines, cli::read_secret_lines(invocation.get("pin"), 2));
  if (lines.empty()) return malformed("pins_missing", {{"file", invocation.get("pin")}});
  options.pins[index_of(Kind::user_authentication)] = std::move(lines[0]);
  if (lines.size() > 1) options.pins[index_of(Kind::signature)] = std::move(lines[1]);
  return options;
}

// A PIN of the trace may be wrong on this card: its last try is not for a program to spend.
Result<traces::Outcome> replay_to_card(const cli::Invocation& invocation,
                                       const std::vector<traces::Step>& steps,
                                       traces::ReplayOptions options) {
  if (invocation.has("pin")) SHOMEI_CHECK(expect_one_card(invocation));
  SHOMEI_TRY(auto session, CardSession::open(invocation));
  for (const Kind kind : card::kKinds)
    if (options.pins[index_of(kind)]) {
      SHOMEI_TRY(const auto tries, tries_of(session.transport(), card::pin_id(kind)));
      SHOMEI_CHECK(may_spend_try(invocation, session.transport().reader(), tries, "pin"));
      session.transport().reset_at_end();
    }
  options.power_anew = [&] { return session.transport().power_anew(); };
  SHOMEI_CHECK(options.power_anew());  // a dialogue begins with nothing selected
  card::client::PinTransport transport(session.transport());
  return traces::replay(steps, transport, options);
}

json describe(const traces::Outcome& outcome) {
  json document{{"compared", outcome.compared}, {"difference", nullptr}, {"stopped", nullptr}};
  if (const auto& d = outcome.difference)
    document["difference"] = {
        {"line", d->line}, {"command", d->command}, {"expected", d->expected}, {"found", d->found}};
  if (outcome.stop != traces::Stop::none)
    document["stopped"] = {{"line", outcome.stopped_line}, {"why", name(outcome.stop)}};
  return document;
}

Result<cli::Output> replay(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto steps, read_trace(invocation.get("trace")));
  SHOMEI_TRY(auto options, replay_options(invocation));
  traces::Outcome outcome;
  if (invocation.has("against")) {
    SHOMEI_TRY(const auto other, read_trace(invocation.get("against")));
    outcome = traces::compare(steps, other, options);
  } else {
    SHOMEI_TRY(outcome, replay_to_card(invocation, steps, std::move(options)));
  }
  const json document = describe(outcome);
  const bool whole = !outcome.difference && outcome.stop == traces::Stop::none;
  return cli::Output{text_of(document), replay_text(document, invocation.language), whole ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> card_trace_commands() {
  cli::Option file{"trace", "TRACE", "the recorded dialogue (docs/formats/card-trace.md)", true};
  file.positional = true;
  return {
      {"card trace",
       "relay a card into a virtual reader and write down what programs say to it, secrets masked",
       "shomei card trace --reader \"My Reader 00 00\" --out dialogue.trace",
       {{"out", "FILE", "where the trace goes", true},
        kReaderOption,
        {"into", "ADDRESS", "where vpcd waits (default 127.0.0.1:35963)"},
        {"with-personal-data", "", "keep certificates, number and attributes; PINs are masked always"}},
       card_act<trace>},
      {"card replay",
       "say a recorded dialogue to a card, or hold it against another trace, and tell the first difference",
       "shomei card replay dialogue.trace",
       {file,
        {"against", "TRACE", "compare with this trace, without a card"},
        {"words-only", "", "compare status words alone"},
        {"sign", "", "make the signatures of the trace too, over what the trace says"},
        {"pin", "FILE",
         "send PINs where the trace does: line 1 for user authentication, line 2 for signatures (- for "
         "stdin)"},
        kLastTryOption,
        kReaderOption,
        kWaitOption},
       card_act<replay>}};
}

}  // namespace shomei::app
