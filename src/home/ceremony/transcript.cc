#include "home/ceremony/transcript.h"

#include <nlohmann/json.hpp>

#include "base/version.h"
#include "journal/checkpoint.h"

namespace shomei::home {
namespace {

using nlohmann::json;
using What = CeremonyStep::What;

// No checkpoint begins like this, so that one signature is never taken for one over the other.
constexpr std::string_view kFirstLine = "shomei ceremony transcript v1";

json document_of(const CeremonyFile& file, const CeremonyReport& report, const Surroundings& around) {
  json keys = json::array();
  for (const auto& k : report.keys)
    keys.push_back({{"name", k.name},
                    {"use", name(k.use)},
                    {"place", k.place.text()},
                    {"type", crypto::name(k.type)},
                    {"spki_sha256", to_hex_upper(k.spki)}});
  json certificates = json::array();
  for (const auto& c : report.certificates)
    certificates.push_back({{"name", c.name},
                            {"sha256", to_hex_upper(c.certificate)},
                            {"not_before", format_jst(c.not_before)},
                            {"not_after", format_jst(c.not_after)}});
  json tokens = json::array();
  for (const auto& t : report.tokens)
    tokens.push_back({{"name", t.name},
                      {"module", t.module},
                      {"label", t.description.label},
                      {"serial", t.description.serial},
                      {"manufacturer", t.description.manufacturer},
                      {"model", t.description.model}});
  json steps = json::array();
  for (const auto& s : report.steps) steps.push_back({{"step", step_text(s)}, {"was_there", s.done}});
  return {{"title", file.title},
          {"witnesses", file.witnesses},
          {"ceremony_sha256", to_hex_upper(file.digest)},
          {"begun_at", format_jst(report.begun)},
          {"ended_at", format_jst(report.ended)},
          {"host", around.host},
          {"software", kSoftware},
          {"journal_origin", around.origin},
          {"steps", steps},
          {"keys", keys},
          {"certificates", certificates},
          {"tokens", tokens},
          {"checkpoint", report.checkpoint}};
}

// Tokens and hosts name themselves; nothing of that begins a line of its own.
std::string one_line(std::string_view text) {
  std::string line(text);
  for (auto& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  return line;
}

class Text {
 public:
  Text& line(std::string_view text) {
    text_ += one_line(text) + "\n";
    return *this;
  }
  Text& value(std::string_view en, std::string_view ja, std::string_view value) {
    return line(std::string(en) + " / " + std::string(ja) + ": " + std::string(value));
  }
  Text& heading(std::string_view en, std::string_view ja) {
    text_ += "\n";
    return line(std::string(en) + " / " + std::string(ja));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void put_ceremony(Text& text, const CeremonyFile& file, const CeremonyReport& report,
                  const Surroundings& around) {
  text.line(kFirstLine).line(file.title);
  text.value("Ceremony file, SHA-256", "式次第ファイルのSHA-256", to_hex_upper(file.digest));
  text.value("Begun", "開始", format_jst(report.begun)).value("Ended", "終了", format_jst(report.ended));
  text.value("Machine", "機械", around.host).value("Software", "ソフトウェア", kSoftware);
  text.value("Journal", "ジャーナル", around.origin);
  text.heading("Witnesses", "立会人");
  for (const auto& witness : file.witnesses) text.line("  " + witness);
  if (!report.tokens.empty()) text.heading("Tokens", "トークン");
  for (const auto& t : report.tokens)
    text.line("  " + t.name + ": " + t.description.label + ", " + t.description.serial + ", " +
              t.description.manufacturer + ", " + t.description.model + ", " + t.module);
}

void put_what_was_made(Text& text, const CeremonyReport& report) {
  text.heading("Steps", "手順");
  std::size_t number = 0;
  for (const auto& s : report.steps)
    text.line("  " + std::to_string(++number) + ". " + step_text(s) +
              (s.done ? " - was there before / 以前から存在" : ""));
  text.heading("Public keys, SHA-256 of the SubjectPublicKeyInfo", "公開鍵(SubjectPublicKeyInfoのSHA-256)");
  for (const auto& k : report.keys) text.line("  " + k.name + ": " + to_hex_upper(k.spki));
  text.heading("Certificates, SHA-256", "証明書(SHA-256)");
  for (const auto& c : report.certificates)
    text.line("  " + c.name + ": " + to_hex_upper(c.certificate) + " " + format_jst(c.not_before) + " - " +
              format_jst(c.not_after));
}

void put_checkpoint(Text& text, std::string_view note) {
  text.heading("Checkpoint of the journal at the end", "終了時のジャーナルのチェックポイント");
  while (!note.empty()) {
    const auto end = note.find('\n');
    if (end != 0) text.line("  " + std::string(note.substr(0, end)));
    note.remove_prefix(end == std::string_view::npos ? note.size() : end + 1);
  }
}

std::string key_text(const CeremonyStep& step) {
  return step.name + " (" + std::string(crypto::name(step.key.type)) + ", " + step.key.place.text() + ")";
}

}  // namespace

std::string step_text(const CeremonyStep& step) {
  switch (step.what) {
    case What::key:
      return "key / 鍵: " + key_text(step);
    case What::authority:
      return "authority, certified and recorded / 認証局(証明と記録): " + step.name;
    case What::responder:
      return "responder, certified and published / OCSPレスポンダー(証明と公開): public/" + step.name +
             ".crt";
    case What::publication:
      break;
  }
  return "certificate, published / 証明書(公開): public/" + step.name + ".crt";
}

Result<Transcript> make_transcript(const CeremonyFile& file, const CeremonyReport& report,
                                   const Surroundings& surroundings, crypto::Signer& checkpoint_signer) {
  Transcript transcript;
  transcript.json =
      document_of(file, report, surroundings).dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  Text text;
  put_ceremony(text, file, report, surroundings);
  put_what_was_made(text, report);
  put_checkpoint(text, report.checkpoint);
  text.heading("The same as JSON", "同じ内容のJSON");
  text.value("  SHA-256", "SHA-256", to_hex_upper(crypto::sha256(view(transcript.json))));
  SHOMEI_TRY(transcript.note, journal::sign_note(text.take(), surroundings.origin, checkpoint_signer));
  return transcript;
}

}  // namespace shomei::home
