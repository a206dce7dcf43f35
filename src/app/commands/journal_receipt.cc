#include <nlohmann/json.hpp>

#include "app/commands/journal.h"
#include "app/describe.h"
#include "app/in_file.h"
#include "app/journal_files.h"
#include "app/journal_words.h"
#include "app/named_certificate.h"
#include "app/open_home.h"
#include "counter/change_status.h"
#include "counter/find_resident.h"
#include "files/file.h"
#include "journal/published/compare.h"
#include "journal/receipt/make_receipt.h"
#include "journal/receipt/prove.h"

namespace shomei::app {
namespace {

using nlohmann::json;
using texts::Language;

constexpr std::size_t kNoteBytesMax = 64 * 1024;

// The act that issued last.
Result<ActId> last_issue(journal::Rows& rows, const std::string& typed) {
  SHOMEI_TRY(const auto resident, counter::find_resident(rows, typed));
  SHOMEI_TRY(const auto records, rows.certificates_of(resident.id));
  std::optional<std::uint64_t> latest;
  ActId act;
  for (const auto& record : records) {
    SHOMEI_TRY(const auto entries, rows.entries_of_act(record.act));
    if (entries.empty() || (latest && *latest > entries.front())) continue;
    latest = entries.front();
    act = record.act;
  }
  if (!latest) return not_found("nothing_issued", {{"resident", resident.id.text()}});
  return act;
}

Result<ActId> act_of(const cli::Invocation& invocation, journal::Rows& rows) {
  if (invocation.has("act") + invocation.has("serial") + invocation.has("resident") != 1)
    return malformed("receipt_of_what");
  if (invocation.has("act")) return ActId::parse(invocation.get("act"));
  if (invocation.has("resident")) return last_issue(rows, invocation.get("resident"));
  SHOMEI_TRY(const auto named, certificate_named(invocation));
  SHOMEI_TRY(const auto record, counter::find_certificate(rows, named.serial, named.kind));
  return record.act;
}

Result<cli::Output> receipt(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto act, act_of(invocation, *rows));
  SHOMEI_TRY(const auto made, journal::make_receipt(*rows, {act, invocation.has("operator")}, key));
  // What it says is about a person.
  const auto out = invocation.get("out");
  SHOMEI_CHECK(files::write_output(out, view(journal::encode_receipt(made)), files::kOwnerOnly));
  const json document{
      {"act", act.text()}, {"entries", made.entries.size()}, {"key", made.key}, {"file", out}};
  const auto text = "A receipt of the act " + act.text() + ", " + std::to_string(made.entries.size()) +
                    " entries, is in " + out + ". It is about a person: hand it to nobody else.\n";
  return cli::Output{document.dump(), text};
}

// The journal that the receipt is of must continue, or be continued by, the checkpoint that was kept.
Result<void> compare_since(const cli::Invocation& invocation, const std::string& note,
                           const journal::VerifierKey& key) {
  if (!invocation.has("since")) return {};
  const auto file = invocation.get("since");
  SHOMEI_TRY(const auto kept, files::read_file(file, kNoteBytesMax));
  SHOMEI_CHECK(in_file(file, journal::open_checkpoint(to_text(kept), key)));
  std::optional<journal::PublishedFiles> tiles;
  if (invocation.has("tiles")) {
    SHOMEI_TRY(tiles, published_at(invocation.get("tiles")));
  }
  SHOMEI_TRY(const auto compared, journal::compare_checkpoints(to_text(kept), note, key, tiles));
  if (compared.fork) return refused("receipt_of_a_fork", {{"origin", compared.newer.origin}});
  return {};
}

json describe(const journal::ProvenEntry& proven, const std::string& sentence) {
  json document{{"sequence", proven.entry.sequence},
                {"recorded_at", format_jst(proven.entry.recorded_at)},
                {"act_id", proven.entry.act.text()},
                {"phase", journal::name(proven.entry.phase)},
                {"says", sentence}};
  if (proven.person) document["person"] = describe_fields(*proven.person);
  if (proven.officer) document["operator"] = describe_fields(*proven.officer);
  return document;
}

std::string unproven(bool own_key, bool with_operator, Language language) {
  const bool ja = language == Language::ja;
  std::string text = ja ? "証明されないこと:\n" : "Not proven:\n";
  const auto add = [&](const char* en, const char* japanese) {
    text += std::string("  - ") + (ja ? japanese : en) + "\n";
  };
  add("what has happened since: ask the status service whether a certificate still holds.",
      "その後のこと。証明書が今も有効かは失効情報サービスで確かめてください。");
  add("that the journal shows everybody the same: compare with a checkpoint that somebody else kept "
      "(--since).",
      "ジャーナルが誰にも同じものを見せていること。ほかの人が保管したチェックポイントと比べてください(--"
      "since)。");
  if (!with_operator)
    add("who did it and where: the operator's part is not in the receipt.",
        "誰がどこで行ったか。担当者の部分はこの控えに含まれていません。");
  if (own_key)
    add("that the key is the authority's: it is the receipt's own. Compare it with the published one "
        "(--key).",
        "鍵が認証局のものであること。控えに書かれた鍵を使いました。公開されている鍵と比べてください(--key)"
        "。");
  return text;
}

cli::Output proven_output(const journal::Proven& proven, const journal::VerifierKey& key, bool own_key,
                          Language language) {
  const auto key_text = journal::encode_verifier_key(key.name, key.key);
  const auto size = std::to_string(proven.checkpoint.size);
  std::string text = language == Language::ja
                         ? "証明されました。" + size + " 件の記録があるジャーナル " +
                               proven.checkpoint.origin + " に次の記録があります(鍵 " + key_text + ")。\n"
                         : "Proven: the journal " + proven.checkpoint.origin + ", of " + size +
                               " entries, has these, by the key " + key_text + ":\n";
  json entries = json::array();
  bool with_operator = true;
  for (const auto& e : proven.entries) {
    const auto sentence = says({e.entry, e.status ? &*e.status : nullptr, e.person ? &*e.person : nullptr,
                                e.officer ? &*e.officer : nullptr},
                               language);
    text += std::to_string(e.entry.sequence) + "  " + sentence + "\n";
    if (e.person) text += says_of_person(*e.person, language);
    with_operator = with_operator && e.officer;
    entries.push_back(describe(e, sentence));
  }
  const json document{{"proven", true},
                      {"key", key_text},
                      {"key_is_the_receipts_own", own_key},
                      {"checkpoint",
                       {{"origin", proven.checkpoint.origin},
                        {"size", proven.checkpoint.size},
                        {"root", to_base64(proven.checkpoint.root)}}},
                      {"entries", entries}};
  return {text_of(document), text + unproven(own_key, with_operator, language)};
}

Result<cli::Output> prove(const cli::Invocation& invocation) {
  const auto file = invocation.get("receipt");
  SHOMEI_TRY(const auto text, files::read_file(file, journal::kReceiptBytesMax));
  SHOMEI_TRY(const auto receipt, in_file(file, journal::parse_receipt(to_text(text))));
  const bool own_key = !invocation.has("key");
  SHOMEI_TRY(const auto key, own_key ? in_file(file, journal::parse_verifier_key(receipt.key))
                                     : journal::parse_verifier_key(invocation.get("key")));
  SHOMEI_TRY(const auto proven, in_file(file, journal::prove_receipt(receipt, key)));
  SHOMEI_CHECK(compare_since(invocation, receipt.checkpoint, key));
  return proven_output(proven, key, own_key, invocation.language);
}

}  // namespace

std::vector<cli::Command> journal_receipt_commands() {
  return {{"journal receipt",
           "what a person keeps of an act and can prove to anybody, without this home",
           "shomei journal receipt --resident q7k2m9xa --out receipt.json",
           {{"act", "ACT", "of this act"},
            {"serial", "S", "of the act that issued this certificate"},
            kKindOption,
            {"resident", "R", "of the resident's last issue: identifier, or the whole name"},
            {"operator", "", "with the part that says who did it and where"},
            {"out", "FILE", "the file to write", true}},
           receipt},
          {"journal prove",
           "check a receipt, anywhere, and say what it proves and what not",
           "shomei journal prove --receipt receipt.json --key VKEY",
           {{"receipt", "FILE", "the receipt", true},
            {"key", "VKEY", "the verifier key that the authority publishes; the receipt's own when left out"},
            {"since", "FILE", "a checkpoint that you kept: the receipt must be of the same journal"},
            {"tiles", "PLACE", "where the tiles are, to compare with a checkpoint of another size"}},
           prove}};
}

}  // namespace shomei::app
