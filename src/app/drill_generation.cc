#include "app/drill_generation.h"

#include <algorithm>
#include <chrono>

#include "app/drill_node.h"
#include "app/issuing_work.h"
#include "app/mass_lists.h"
#include "app/mass_words.h"
#include "app/responders.h"
#include "authority/generations.h"
#include "authority/standing_lists.h"
#include "crypto/random.h"
#include "files/file.h"
#include "home/ceremony/hold.h"
#include "home/rehearsal.h"
#include "journal/verify.h"
#include "mass/fix.h"
#include "pki/crl.h"
#include "texts/says.h"

namespace shomei::app {
namespace {

using Watch = std::chrono::steady_clock;
using journal::CertificateRecord;
using Records = std::vector<CertificateRecord>;

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;
constexpr int kYearsMax = 30;
constexpr std::size_t kRequestsAtOnce = 1000;  // each time as many keys are made, from primes of their own

Error untrue(std::string what) {
  return internal("drill_untrue", {{"what", std::move(what)}});
}

// The ceremony file of the generation to come: what an operator would write, with keys as the old one's.
std::string ceremony_text(const authority::Profile& profile, const journal::AuthorityRecord& old,
                          crypto::KeyType key) {
  const auto text = [](std::string_view value) { return home::toml_string(value); };
  const auto years = std::min(kYearsMax, profile.authority_years + 1);
  return "ceremony_format = 1\ntitle = \"Drill\"\nwitnesses = [\"drill\"]\n[[authority]]\nkind = " +
         text(pki::name(old.kind)) + "\ngeneration = " + std::to_string(old.generation + 1) +
         "\nkey = " + text(crypto::name(key)) + "\nplace = \"file\"\nyears = " + std::to_string(years) +
         "\nname = [\"C=JP\", " + text("O=" + profile.organization) + ", " +
         text("OU=" + profile.of(old.kind).unit) + ", " + text("OU=" + profile.agency) +
         "]\nresponder = { key = \"ec-p256\", place = \"file\" }\nlink = true\n";
}

// As an operator goes back: the setting of the profile.
Result<void> let_issue(const home::Layout& layout, pki::CertificateKind kind, const std::string& name) {
  SHOMEI_TRY(const auto bytes, files::read_file(layout.settings(), kSettingsBytesMax));
  std::string text = to_text(bytes);
  const std::string header = "[profile." + std::string(pki::name(kind)) + "]\n";
  const std::string unset = "issuing = \"\"", set = "issuing = " + home::toml_string(name);
  const auto table = text.find(header);
  const auto end = table == std::string::npos ? table : text.find("\n[", table);
  const auto line = table == std::string::npos ? table : text.find(unset, table);
  if (line < end)
    text.replace(line, unset.size(), set);
  else if (table != std::string::npos)
    text.insert(table + header.size(), set + "\n");
  else
    text += "\n" + header + set + "\n";
  return files::replace_file(layout.settings(), view(text));
}

class Rehearsing {
 public:
  Rehearsing(const home::Rehearsal& copy, const GenerationDrill& drill, GenerationDrilled& into)
      : copy_(copy), drill_(drill), into_(into) {}

  Result<void> run() {
    SHOMEI_CHECK(open());
    SHOMEI_TRY(auto rows, home_->rows());
    SHOMEI_TRY(const auto records, rows->list_authorities());
    rows.reset();
    SHOMEI_TRY(const auto* old,
               authority::issuing_generation(records, drill_.kind, home_->clock().now(),
                                             home_->settings().profile.of(drill_.kind).issuing));
    if (!old) return not_found("authority_unknown", {{"authority", std::string(pki::name(drill_.kind))}});
    old_ = *old;
    into_.old_name = old->name;
    into_.new_name = std::string(pki::name(drill_.kind)) + "-" + std::to_string(old->generation + 1);
    SHOMEI_CHECK(step("old_issues", [this] { return issue_under(into_.old_name, of_old_); }));
    SHOMEI_CHECK(step("ceremony", [this] { return hold(); }));
    SHOMEI_CHECK(step("new_issues", [this] { return issue_under(into_.new_name, of_new_); }));
    SHOMEI_CHECK(step("both_answer_and_publish", [this] { return both_stand(); }));
    SHOMEI_CHECK(step("old_issues_again", [this] { return go_back(); }));
    SHOMEI_CHECK(step("what_the_new_one_issued_ends", [this] { return end_new(); }));
    return step("the_journal_holds", [this] { return verify(); });
  }

 private:
  // What does not hold is told, and what comes behind it is tried all the same; but not once it was stopped.
  template <class Do>
  Result<void> step(std::string what, const Do& act) {
    const auto begun = Watch::now();
    const Result<void> done = act();
    const double seconds = std::chrono::duration<double>(Watch::now() - begun).count();
    into_.steps.push_back({std::move(what), seconds, done.has_value(),
                           done ? "" : texts::says(done.error(), texts::Language::en)});
    drill_.progress("steps", into_.steps.size());
    return expect_going_on();
  }
  Result<void> expect_going_on() const {
    if (drill_.stop()) return unavailable("interrupted");
    return {};
  }

  Result<void> open() {
    home_.reset();
    SHOMEI_TRY(home_, home::Home::open(copy_.root(), {.access = journal::Access::write}));
    return {};
  }
  counter::Parts parts() {
    auto all = home_->parts();
    all.admission = nullptr;
    return all;
  }

  Result<void> issue_under(const std::string& name, Records& into) {
    for (std::size_t left = 2 * drill_.issues; left > 0;) {
      const auto count = std::min(left, kRequestsAtOnce);
      SHOMEI_TRY(const auto work,
                 prepare_issuing(parts(), count, home_->settings().profile.subject_key, [](std::size_t) {}));
      for (const auto& request : work.requests)
        if (request.kind == drill_.kind) SHOMEI_CHECK(issue_one(request, name, into));
      left -= count;
    }
    return {};
  }
  Result<void> issue_one(const counter::CertificateRequest& request, const std::string& name, Records& into) {
    SHOMEI_CHECK(expect_going_on());
    SHOMEI_TRY(const auto* authority, home_->authority(name));
    SHOMEI_TRY(auto record, counter::issue_certificate(parts(), request));
    if (record.authority != name) return untrue(record.authority + " issued instead of " + name);
    SHOMEI_TRY(const auto certificate, pki::parse_certificate(record.der));
    SHOMEI_CHECK(pki::verify_signature(certificate, authority->certificate().tbs.key));
    into.push_back(std::move(record));
    return {};
  }

  Result<void> hold() {
    home_.reset();
    SHOMEI_TRY(auto reading, home::Home::open(copy_.root(), {}));
    SHOMEI_CHECK(reading->open_keys());
    SHOMEI_TRY(const auto certificate, pki::parse_certificate(old_.certificate));
    const auto text = ceremony_text(reading->settings().profile, old_, certificate.tbs.key.type());
    SHOMEI_TRY(const auto file, home::parse_ceremony_file(text));
    SHOMEI_CHECK(home::hold_ceremony(*reading, file));
    reading.reset();
    return open();
  }

  using Answer = DrillNode::Answer;
  // What a fresh node answers for each of them.
  Result<void> expect_answers(const Records& records, Answer wanted) {
    SHOMEI_TRY(const auto node, DrillNode::start(*home_));
    Responders responders(*home_, home_->clock(),
                          [&](const auto& name, auto& signer, const auto& certificate) {
                            return node->responder().set_delegate(name, signer, certificate.der);
                          });
    SHOMEI_CHECK(responders.appoint_all());
    for (const auto& record : records)
      if (node->answer(record.authority, record.serial) != wanted)
        return untrue("the status answer for " + record.serial.hex() + " of " + record.authority);
    return {};
  }
  Result<void> expect_list(const std::string& name, std::size_t entries_min) {
    SHOMEI_TRY(const auto* authority, home_->authority_of_lists(name));
    authority::StandingLists lists(home_->journal(), home_->settings().crl, home_->list_places());
    SHOMEI_TRY(const auto record, lists.current(*authority, {name, {}, false}));
    SHOMEI_TRY(const auto crl, pki::parse_crl(record.der));
    if (crl.entries.size() < entries_min) return untrue("the revocation list of " + name);
    return {};
  }

  Result<void> both_stand() {
    SHOMEI_CHECK(expect_answers(of_old_, Answer::good));
    SHOMEI_CHECK(expect_answers(of_new_, Answer::good));
    SHOMEI_CHECK(expect_list(into_.old_name, 0));
    return expect_list(into_.new_name, 0);
  }

  Result<void> go_back() {
    SHOMEI_CHECK(let_issue(home_->layout(), drill_.kind, into_.old_name));
    SHOMEI_CHECK(open());
    return issue_under(into_.old_name, of_old_);
  }

  Result<void> end_new() {
    mass::Wish wish{.verb = mass::Verb::revoke};
    wish.query.authorities = {into_.new_name};
    wish.ground = rules::Ground::office_fault;
    wish.reason = rules::Reason::superseded;
    wish.cause = "drill";
    wish.officer = {.name = "drill",
                    .office = home_->settings().directory.offices.front().id,
                    .request = crypto::ordered_identifier<RequestId>()};
    auto all = mass_parts(*home_);
    all.counter.admission = nullptr;
    SHOMEI_TRY(const auto order, mass::fix(all, wish));
    mass::Going going;
    going.stop = drill_.stop;
    going.publish_lists = [this](const mass::Standing& standing) { return publish_lists(*home_, standing); };
    SHOMEI_TRY(const auto report, mass::carry_out(all, order.id, going));
    if (report.standing.done != of_new_.size()) return untrue("the number of certificates that ended");
    SHOMEI_CHECK(expect_answers(of_new_, Answer::revoked));
    SHOMEI_CHECK(expect_answers(of_old_, Answer::good));
    return expect_list(into_.new_name, of_new_.size());
  }

  Result<void> verify() {
    SHOMEI_TRY(const auto rows, home_->rows());
    SHOMEI_TRY(const auto key, home_->checkpoint_key());
    SHOMEI_TRY(const auto report, journal::verify_journal(*rows, {.key = key}));
    if (!report.holds()) return untrue("the journal: " + report.findings.front().detail);
    return {};
  }

  const home::Rehearsal& copy_;
  const GenerationDrill& drill_;
  GenerationDrilled& into_;
  std::unique_ptr<home::Home> home_;
  journal::AuthorityRecord old_;
  Records of_old_, of_new_;
};

}  // namespace

bool GenerationDrilled::holds() const {
  return std::ranges::all_of(steps, &Step::holds);
}

Result<GenerationDrilled> drill_generation(const home::Home& of, const GenerationDrill& drill,
                                           const journal::CopyProgress& copying) {
  GenerationDrilled drilled;
  drilled.begun = of.clock().now_ms();
  SHOMEI_TRY(const auto copy, home::Rehearsal::make(of, copying));
  SHOMEI_CHECK(Rehearsing(copy, drill, drilled).run());
  drilled.ended = of.clock().now_ms();
  return drilled;
}

}  // namespace shomei::app
