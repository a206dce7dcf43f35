#include "app/journal_words.h"

#include <algorithm>
#include <span>

#include "base/shown_text.h"
#include "journal/act_phases.h"
#include "pki/certificate.h"
#include "pki/personal_attributes.h"
#include "texts/words.h"

namespace shomei::app {
namespace {

using nlohmann::json;
using texts::Language;
namespace field = journal::field;

constexpr std::size_t kChangesShown = 20;  // an entry of a mass act has thousands

std::string either(Language language, std::string en, std::string ja) {
  return language == Language::ja ? std::move(ja) : std::move(en);
}

std::string certificate(const std::string& authority, const pki::SerialNumber& serial, Language language) {
  return either(language, "certificate " + serial.hex() + " of " + authority,
                authority + " の証明書 " + serial.hex());
}

// One visit for each kind of change.
struct ChangeWords {
  Language language;

  std::string operator()(const journal::AuthorityAdded& c) const {
    return either(language, "authority " + c.authority + " added", "認証局 " + c.authority + " を追加");
  }
  std::string operator()(const journal::SerialReserved& c) const {
    return certificate(c.authority, c.serial, language) + either(language, " reserved", "の番号を確保");
  }
  std::string operator()(const journal::CertificateIssued& c) const {
    const auto from = format_date(jst_date(c.not_before)), to = format_date(jst_date(c.not_after));
    return certificate(c.authority, c.serial, language) +
           either(language, " issued, valid " + from + " to " + to,
                  "を発行(有効期間 " + from + " から " + to + ")");
  }
  std::string operator()(const journal::CertificateRevoked& c) const {
    const auto reason = std::string(pki::name(c.reason)), at = format_jst(c.revoked_at);
    return certificate(c.authority, c.serial, language) + either(language,
                                                                 " revoked from " + at + " (" + reason + ")",
                                                                 "を " + at + " に失効(" + reason + ")");
  }
  std::string operator()(const journal::CertificateSuspended& c) const {
    const auto at = format_jst(c.suspended_at);
    return certificate(c.authority, c.serial, language) +
           either(language, " suspended from " + at, "を " + at + " に一時保留");
  }
  std::string operator()(const journal::CertificateRestored& c) const {
    const auto at = format_jst(c.restored_at);
    return certificate(c.authority, c.serial, language) +
           either(language, " restored from " + at, "の一時保留を " + at + " に解除");
  }
  std::string operator()(const journal::CrlPublished& c) const {
    const auto number = std::to_string(c.number), name = c.name().text();
    return either(language, "revocation list " + number + " of " + name + " published",
                  name + " の失効リスト " + number + " を公開");
  }
};

std::string phase_words(journal::Phase phase, Language language) {
  switch (phase) {
    case journal::Phase::whole:
      return "";
    case journal::Phase::intent:
      return either(language, " (begun)", "(着手)");
    case journal::Phase::result:
      return either(language, " (done)", "(実施)");
    case journal::Phase::confirmation:
      return either(language, " (confirmed on the card)", "(カードで確認)");
    case journal::Phase::written_off:
      return either(language, " (came to nothing)", "(不成立)");
  }
  return "";
}

// Of an act that is carried out in parts, and touches no card.
std::string mass_phase_words(journal::Phase phase, Language language) {
  if (phase == journal::Phase::intent) return either(language, " (planned)", "(計画)");
  if (phase == journal::Phase::result) return either(language, " (a part)", "(一部を実施)");
  if (phase == journal::Phase::confirmation) return either(language, " (ended)", "(終了)");
  return phase_words(phase, language);
}

// A field as somebody wrote it, in the line that it stands in.
std::string shown(const journal::Fields& fields, std::string_view name) {
  return shown_line(journal::text(fields, name));
}

// Of acts about officers themselves.
std::string words_of_officers(const journal::Fields& officer, Language language) {
  std::string text;
  if (const auto about = shown(officer, field::kOfficer); !about.empty())
    text += either(language, ", about " + about, "、対象 " + about);
  if (const auto roles = shown(officer, field::kRoles); !roles.empty())
    text += either(language, " as " + roles, "、役割 " + roles);
  if (const auto proposed = shown(officer, field::kProposed); !proposed.empty())
    text += either(language, ", of " + proposed, "、内容 " + std::string(texts::word(proposed, language)));
  if (const auto proposal = shown(officer, field::kProposal); !proposal.empty())
    text += either(language, ", to " + proposal, "、提案 " + proposal);
  if (const auto why = shown(officer, field::kBreakGlass); !why.empty())
    text += either(language, ", GLASS BROKEN: " + why, "、緊急措置の理由: " + why);
  return text;
}

std::string officer_words(const journal::Fields& officer, Language language) {
  std::string text;
  const auto actor = shown(officer, field::kActor), office = shown(officer, field::kOffice);
  if (!actor.empty()) text += either(language, ", by " + actor, "、担当 " + actor);
  if (!office.empty()) text += either(language, " at " + office, "、窓口 " + office);
  if (const auto refusal = shown(officer, field::kRefusal); !refusal.empty())
    text += either(language, ", refused: " + refusal, "、却下: " + refusal);
  if (const auto count = shown(officer, field::kErased); !count.empty())
    text += either(language, ", " + count + " parts erased", "、" + count + " 件を消去");
  if (const auto ground = shown(officer, field::kGround); !ground.empty())
    text += either(language, ", because: " + ground, "、理由: " + ground);
  if (const auto key = shown(officer, field::kKey); !key.empty())
    text += either(language, ", key " + key, "、鍵 " + key);
  if (const auto cause = shown(officer, field::kCause); !cause.empty())
    text += either(language, ", cause: " + cause, "、原因: " + cause);
  text += words_of_officers(officer, language);
  if (const auto keys = shown(officer, field::kKeys); !keys.empty())
    text += either(language, ", " + keys + " keys", "、鍵 " + keys + " 件");
  return text;
}

std::string act_word(const KnownEntry& known, Language language) {
  const auto act = known.officer ? shown(*known.officer, field::kAct) : "";
  if (act.empty()) return either(language, "act " + known.entry.act.text(), "手続 " + known.entry.act.text());
  return std::string(texts::word(act, language));
}

std::string certificate_words(ByteView der, Language language) {
  const auto parsed = pki::parse_certificate(der);
  if (!parsed) return "";
  std::string text = "  " + either(language, "certificate for: ", "証明書の名義: ") +
                     shown_line(parsed->tbs.subject.text()) + "\n";
  const auto* extension = parsed->tbs.find(pki::extension_id::subject_alt_name());
  const auto names =
      extension ? pki::parse_other_names(extension->value) : Result<std::vector<pki::OtherName>>{};
  if (!names || names->empty()) return text;
  text += "  " + either(language, "name: ", "氏名: ") + shown_line(pki::personal_attribute(*names, 1)) + "\n";
  return text + "  " + either(language, "address: ", "住所: ") +
         shown_line(pki::personal_attribute(*names, 5)) + "\n";
}

bool is_binary(std::string_view name) {
  return name.starts_with(field::kCertificate) || name.starts_with(field::kTbsCertificate) ||
         name == field::kFactors;
}

}  // namespace

std::string says(const KnownEntry& known, Language language) {
  const bool mass = known.officer && journal::results_of(*known.officer) == journal::Results::many;
  std::string text = format_jst(known.entry.recorded_at) + "  " + act_word(known, language) +
                     (mass ? mass_phase_words : phase_words)(known.entry.phase, language);
  if (known.officer) text += officer_words(*known.officer, language);
  if (!known.status) return text;
  const auto shown = std::span(*known.status).first(std::min(known.status->size(), kChangesShown));
  for (const auto& change : shown)
    text += (&change == &shown.front() ? ": " : "; ") + std::visit(ChangeWords{language}, change);
  if (const auto more = known.status->size() - shown.size(); more > 0)
    text +=
        either(language, "; and " + std::to_string(more) + " more", "、ほか " + std::to_string(more) + " 件");
  return text;
}

std::string says_of_person(const journal::Fields& person, Language language) {
  std::string text;
  const auto line = [&](std::string_view name, const std::string& label) {
    const auto value = shown(person, name);
    if (!value.empty()) text += "  " + label + value + "\n";
  };
  line(field::kResident, either(language, "resident: ", "住民: "));
  line(field::kCard, either(language, "card: ", "カード: "));
  for (const auto& [name, value] : person)
    if (name.starts_with(field::kCertificate)) text += certificate_words(value, language);
  return text;
}

json describe_fields(const journal::Fields& fields) {
  json values = json::object();
  for (const auto& [name, value] : fields)
    values[name] = is_binary(name) ? json(to_base64(value)) : json(to_text(value));
  return values;
}

json describe_entry(const journal::StoredEntry& stored, bool with_person) {
  json document{{"sequence", stored.entry.sequence},
                {"recorded_at", format_jst(stored.entry.recorded_at)},
                {"act_id", stored.entry.act.text()},
                {"phase", journal::name(stored.entry.phase)}};
  for (auto kind : {journal::PartKind::officer, journal::PartKind::person}) {
    const auto& part = stored.parts[static_cast<std::size_t>(kind)];
    if (!part || (kind == journal::PartKind::person && !with_person)) continue;
    const auto fields = journal::parse_fields(part->body);
    document[std::string(journal::name(kind))] = fields ? describe_fields(*fields) : json::object();
  }
  return document;
}

}  // namespace shomei::app
