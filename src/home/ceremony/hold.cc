#include "home/ceremony/hold.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "authority/ceremony.h"
#include "files/file.h"
#include "files/lock.h"
#include "files/system_error.h"
#include "home/ceremony/planned.h"
#include "home/ceremony/progress.h"

namespace shomei::home {
namespace {

using What = CeremonyStep::What;

constexpr std::string_view kCeremonyField = "ceremony";  // of the entry: the digest of the file

Result<void> publish(const std::filesystem::path& path, std::string_view text) {
  return files::replace_file(path, view(text), files::kReadableByAll);
}

class Holding {
 public:
  Holding(Home& home, const CeremonyFile& file, const CeremonyHolding& holding, Progress progress)
      : home_(home), file_(file), holding_(holding), progress_(std::move(progress)) {}

  Result<CeremonyReport> hold() {
    report_.begun = home_.clock().now();
    SHOMEI_TRY(report_.steps, plan_with(home_, file_, progress_));
    SHOMEI_CHECK(make_keys());
    SHOMEI_CHECK(home_.start_writing());
    for (const auto& planned : file_.authorities) SHOMEI_CHECK(found(planned));
    for (const auto& planned : file_.authorities) SHOMEI_CHECK(publish_all(planned));
    SHOMEI_CHECK(describe_tokens());
    SHOMEI_TRY(const auto rows, home_.rows());
    SHOMEI_TRY(const auto note, rows->latest_checkpoint());
    report_.checkpoint = note.value_or("");
    report_.ended = home_.clock().now();
    return std::move(report_);
  }

 private:
  // Told as it was at the beginning; `done` says whether it was made now.
  Result<void> tell(What what, const std::string& name) {
    if (!holding_.on_step) return {};
    const auto step = std::ranges::find_if(
        report_.steps, [&](const CeremonyStep& s) { return s.what == what && s.name == name; });
    return step == report_.steps.end() ? Result<void>{} : holding_.on_step(*step);
  }

  Result<void> make_keys() {
    auto& places = home_.keys();
    for (const auto& key : keys_of(file_)) {
      SHOMEI_TRY(const bool there, places.has(key.use, key.name));
      if (!there) SHOMEI_CHECK(progress_.note(key.name));
      auto made = there ? places.open(key.use, key.name) : places.generate(key.use, key.name, key.key.type);
      if (!made && key.use == KeyUse::checkpoint && made.error().code == "token_mechanism_missing")
        return refused("checkpoint_key_unfit", {{"place", key.key.place.text()}});
      SHOMEI_TRY(const auto signer, std::move(made));
      const auto& public_key = signer->public_key();
      if (public_key.type() != key.key.type)
        return conflict("ceremony_key_differs", {{"name", key.name},
                                                 {"found", std::string(crypto::name(public_key.type()))},
                                                 {"wanted", std::string(crypto::name(key.key.type))}});
      report_.keys.push_back(
          {key.name, key.use, key.key.place, public_key.type(), crypto::sha256(public_key.spki())});
      if (key.use == KeyUse::checkpoint) SHOMEI_CHECK(publish_verifier(public_key));
      SHOMEI_CHECK(tell(What::key, key.name));
    }
    return {};
  }

  Result<void> publish_verifier(const crypto::PublicKey& key) {
    return publish(home_.layout().checkpoint_key(),
                   journal::encode_verifier_key(home_.settings().journal_origin, key) + "\n");
  }

  Result<authority::Founding> founding_of(const PlannedAuthority& planned) {
    const std::string name = planned.authority_name();
    authority::Founding founding;
    founding.generation = planned.generation;
    founding.from = planned.not_before;
    founding.link_number = planned.link_number;
    founding.act = founding_act(file_.digest, name);
    founding.officer = {{std::string(kCeremonyField), to_bytes(to_hex_upper(file_.digest))}};
    if (planned.crl) {
      SHOMEI_TRY(const auto key, home_.keys().open(KeyUse::crl, crl_key_name(name)));
      founding.crl_key = key->public_key();
    }
    if (planned.link) {
      SHOMEI_TRY(founding.predecessor,
                 home_.authority(authority::authority_name_of(planned.kind, planned.generation - 1)));
    }
    return founding;
  }

  Result<void> found(const PlannedAuthority& planned) {
    const std::string name = planned.authority_name();
    SHOMEI_TRY(const auto rows, home_.rows());
    SHOMEI_TRY(const auto there, authority::find_founded(*rows, founding_act(file_.digest, name)));
    if (!there) {
      auto profile = home_.settings().profile;
      profile.authority_years = planned.years;
      SHOMEI_TRY(const auto founding, founding_of(planned));
      SHOMEI_TRY(const auto signer, home_.keys().open(KeyUse::authorities, name));
      SHOMEI_CHECK(authority::found_generation(profile, planned.kind, founding, *signer, home_.journal()));
    }
    return tell(What::authority, name);
  }

  Result<void> publish_certificate(const std::string& name, ByteView der) {
    SHOMEI_TRY(const auto certificate, pki::parse_certificate(der));
    SHOMEI_CHECK(publish(home_.layout().certificate(name), pki::to_pem("CERTIFICATE", der)));
    report_.certificates.push_back(
        {name, crypto::sha256(der), certificate.tbs.not_before, certificate.tbs.not_after});
    return tell(What::publication, name);
  }

  Result<void> publish_all(const PlannedAuthority& planned) {
    const std::string name = planned.authority_name();
    SHOMEI_TRY(const auto rows, home_.rows());
    SHOMEI_TRY(const auto founded, authority::find_founded(*rows, founding_act(file_.digest, name)));
    if (!founded) return not_found("authority_unknown", {{"authority", name}});
    SHOMEI_CHECK(publish_certificate(name, founded->record.certificate));
    if (founded->crl_certificate)
      SHOMEI_CHECK(publish_certificate(crl_key_name(name), *founded->crl_certificate));
    if (founded->new_with_old)
      SHOMEI_CHECK(publish_certificate(name + "-new-with-old", *founded->new_with_old));
    if (founded->old_with_new)
      SHOMEI_CHECK(publish_certificate(name + "-old-with-new", *founded->old_with_new));
    SHOMEI_TRY(const auto certificate, pki::parse_certificate(founded->record.certificate));
    // The ceremony of an authority that has ended is held again for what is lost of public/: it needs no
    // responder.
    if (authority::has_ended(certificate, home_.clock().now())) return {};
    return appoint(name);
  }

  // A responder's certificate is renewed by the services for ever after: one that is there is left to them.
  Result<void> appoint(const std::string& name) {
    const auto path = home_.layout().responder_certificate(name);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return tell(What::responder, name + "-responder");
    SHOMEI_TRY(const auto* authority, home_.authority(name));
    SHOMEI_TRY(const auto key, home_.keys().open(KeyUse::responders, responder_key_name(name, 1)));
    SHOMEI_TRY(const auto certificate,
               authority::appoint_responder(*authority, key->public_key(), home_.clock().now(),
                                            home_.settings().keys.responder_validity));
    SHOMEI_CHECK(publish(path, pki::to_pem("CERTIFICATE", certificate.der)));
    report_.certificates.push_back({name + "-responder", crypto::sha256(certificate.der),
                                    certificate.tbs.not_before, certificate.tbs.not_after});
    return tell(What::responder, name + "-responder");
  }

  Result<void> describe_tokens() {
    std::set<std::string> seen;
    for (const auto& key : report_.keys) {
      if (key.place.in_files() || !seen.insert(key.place.token).second) continue;
      SHOMEI_TRY(auto description, home_.keys().describe(key.place.token));
      report_.tokens.push_back(
          {key.place.token, home_.settings().keys.token(key.place.token)->module, std::move(description)});
    }
    return {};
  }

  Home& home_;
  const CeremonyFile& file_;
  const CeremonyHolding& holding_;
  Progress progress_;
  CeremonyReport report_;
};

Result<void> make_folder(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return files::write_error(path, errno);
  return {};
}

}  // namespace

bool CeremonyReport::nothing_to_do() const {
  return std::ranges::all_of(steps, &CeremonyStep::done);
}

Result<CeremonyReport> hold_ceremony(Home& home, const CeremonyFile& file, const CeremonyHolding& holding) {
  if (!holding.remembered) {
    SHOMEI_TRY(auto in_memory, Progress::open({}, file.digest));
    return Holding(home, file, holding, std::move(in_memory)).hold();
  }
  const auto folder = home.layout().ceremonies();
  SHOMEI_CHECK(make_folder(folder));
  SHOMEI_TRY(const auto lock, files::FileLock::take(folder / "lock"));
  SHOMEI_TRY(auto progress, Progress::open(folder, file.digest));
  return Holding(home, file, holding, std::move(progress)).hold();
}

}  // namespace shomei::home
