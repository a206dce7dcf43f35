#include "home/home.h"

#include <algorithm>
#include <thread>

#include "authority/generations.h"
#include "files/file.h"
#include "home/card_factory.h"
#include "home/clock.h"
#include "home/open_store.h"
#include "home/settle_box.h"
#include "journal/verify.h"

namespace shomei::home {
namespace {

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;
constexpr std::size_t kVerifierKeyBytesMax = 4096;
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;
// A clock that NTP has set back a little is met by dating entries no earlier than the last. One further back
// would make certificates that are revoked before they begin.
constexpr std::chrono::minutes kClockBehindMax{5};
// Between two questions whether acts are free. A signal is heard in between.
constexpr std::chrono::milliseconds kPauseFirst{20}, kPauseMax{200};

Result<Settings> read_settings(const Layout& layout) {
  auto text = files::read_file(layout.settings(), kSettingsBytesMax);
  if (!text && text.error().code == "file_missing")
    return not_found("home_missing", {{"home", layout.root.string()}});
  if (!text) return std::move(text).error();
  auto settings = parse_settings(to_text(*text));
  if (!settings) return std::move(settings).error().with("file", layout.settings().string());
  return settings;
}

Result<std::optional<InstantMs>> last_recorded_at(journal::Engine& engine) {
  SHOMEI_TRY(const auto rows, engine.begin(journal::Access::read));
  SHOMEI_TRY(const auto size, rows->journal_size());
  if (size == 0) return std::optional<InstantMs>{};
  SHOMEI_TRY(const auto last, rows->find_entry(size - 1));
  return last ? std::optional{last->entry.recorded_at} : std::nullopt;
}

// Stands for a key that is not at hand; who asks it to sign hears why.
class AbsentKey final : public crypto::Signer {
 public:
  AbsentKey(crypto::PublicKey key, Error why) : key_(std::move(key)), why_(std::move(why)) {}
  const crypto::PublicKey& public_key() const override { return key_; }
  Result<Bytes> sign(ByteView) override { return why_; }

 private:
  crypto::PublicKey key_;
  Error why_;
};

}  // namespace

Result<std::unique_ptr<Home>> Home::open(const std::filesystem::path& root, const OpenOptions& options) {
  Layout layout{root};
  SHOMEI_TRY(const auto settled, settle_move(layout));
  SHOMEI_TRY(auto settings, read_settings(layout));
  std::unique_ptr<Home> home(new Home(std::move(layout), std::move(settings), options));
  home->settled_ = settled;
  SHOMEI_CHECK(home->set_clock(options.at));
  if (options.access == journal::Access::write) {
    SHOMEI_CHECK(home->start_writing());
    return home;
  }
  SHOMEI_TRY(home->engine_, open_store(home->layout_, home->settings_.store, store::OpenMode::read_only));
  return home;
}

Result<void> Home::set_clock(const std::optional<Instant>& at) {
  if (!at) {
    clock_ = std::make_unique<SystemClock>();
    return {};
  }
  if (!settings_.demo) return refused("clock_not_movable");
  clock_ = std::make_unique<MovedClock>(*at);
  moved_ = true;
  return {};
}

Result<void> Home::look_at_the_clock() const {
  SHOMEI_TRY(const auto last, last_recorded_at(*engine_));
  // A demo that was taken into the future for one act comes back for the next: that is what it is for. What
  // is recorded keeps its order all the same (journal/transaction.h, authority/change_status.h).
  const bool back_from_the_future = settings_.demo && !moved_;
  if (const auto now = clock_->now_ms(); last && now + kClockBehindMax < *last && !back_from_the_future)
    return refused("clock_before_journal", {{"last", format_jst(*last)}, {"now", format_jst(now)}});
  return {};
}

Result<void> Home::start_writing() {
  SHOMEI_TRY(engine_, open_store(layout_, settings_.store, store::OpenMode::existing));
  SHOMEI_CHECK(look_at_the_clock());
  SHOMEI_CHECK(open_keys());
  auto checkpoint = places_->open(KeyUse::checkpoint, kCheckpointKeyName);
  std::error_code ignored;
  if (!checkpoint && checkpoint.error().code == "key_missing" &&
      !std::filesystem::exists(layout_.checkpoint_key(), ignored))
    return refused("ceremony_needed", {{"home", layout_.root.string()}});
  SHOMEI_TRY(checkpoint_signer_, std::move(checkpoint));
  if (checkpoint_signer_->public_key().type() != crypto::KeyType::ed25519)
    return refused("checkpoint_key_unfit",
                   {{"place", settings_.keys.place_of(KeyUse::checkpoint, kCheckpointKeyName).text()}});
  SHOMEI_CHECK(expect_own_journal());
  journal_ =
      std::make_unique<journal::Journal>(*engine_, *checkpoint_signer_, *clock_, settings_.journal_origin);
  admission_ = std::make_unique<officers::Admission>(settings_.officers, *journal_);
  bad_keys_ = std::make_unique<BadKeys>(layout_, settings_.keys, *engine_);
  SHOMEI_CHECK(open_card_issuer());
  return repair();
}

// A slip in the address leads to the database of another home, where this one would go on with the journal
// under a key that nobody knows.
Result<void> Home::expect_own_journal() const {
  SHOMEI_TRY(const auto all_rows, rows());
  SHOMEI_TRY(const auto note, all_rows->latest_checkpoint());
  if (!note) return {};
  SHOMEI_TRY(const auto key, journal::parse_verifier_key(journal::encode_verifier_key(
                                 settings_.journal_origin, checkpoint_signer_->public_key())));
  if (journal::open_checkpoint(*note, key)) return {};
  const auto database = shown_database(settings_.store);
  return refused("store_of_another_home", {{"path", database.empty() ? layout_.store().string() : database},
                                           {"home", layout_.root.string()},
                                           {"origin", settings_.journal_origin}});
}

Result<void> Home::open_keys(const SecretBytes* passphrase) {
  if (places_) return {};
  const auto ask = [&]() -> Result<SecretBytes> {
    return passphrase ? passphrase->clone() : passphrase_of(layout_.root.string(), ask_);
  };
  SHOMEI_TRY(auto files, KeyStore::open(layout_.keys(), ask));
  files_.emplace(std::move(files));
  places_ = std::make_unique<KeyPlaces>(*files_, settings_.keys, ask_);
  return {};
}

// Acts hold the lock shared; who gets it alone knows that none is under way, so what stands half-done is a
// crash's.
Result<void> Home::open_card_issuer() {
  SHOMEI_TRY(card_issuer_,
             home::open_card_issuer(layout_, *files_, settings_.profile.organization, clock_->now()));
  const auto& issuer = card_issuer_->issuer;
  contents_.emplace(layout_, *files_);
  card_policy_ = {{issuer.maker().certificate()}, settings_.attestation_required, &issuer, {}, {}};
  card_policy_.contents = [this](const residents::Resident& resident, const residents::CardRecord& card) {
    return contents_->make(resident, card);
  };
  // A card's box has its keys. Real cards come from a factory; where there are some, no counter gets others'.
  if (!settings_.demo) return {};
  card_policy_.blank_card = [this](const CardId& id) -> Result<SecretBytes> {
    SHOMEI_TRY(const auto born, make_card()(id));
    return card::applet::encode_state(born);
  };
  return {};
}

Result<Operations> Home::operations() {
  return Operations::open(layout_, *files_, settings_.profile.organization, clock_->now());
}

MakeCard Home::make_card() const {
  return [this](const CardId& id) -> Result<card::applet::ChipState> {
    SHOMEI_TRY(const auto all_rows, rows());
    SHOMEI_TRY(const auto record, all_rows->find_card(id));
    if (!record) return not_found("card_unknown", {{"card", id.text()}});
    SHOMEI_TRY(auto factory, card_issuer().make_card(id, clock_->now()));
    return born_card(std::move(factory), card_kind_of(record->kind, settings_.profile.subject_key));
  };
}

Result<void> Home::repair() {
  SHOMEI_TRY(auto alone, engine_->hold_acts(journal::Hold::alone));
  if (alone) {
    const auto box = card_box();
    BoxSettling settling(box, card_issuer(), card_policy_.contents, *journal_);
    SHOMEI_TRY(recovery_,
               authority::recover(*journal_, [&](const auto& record) { return settling.end_of(record); }));
    alone.reset();
  }
  SHOMEI_TRY(acts_, share_acts());
  return {};
}

// Alone they are held by who repairs, which is short, or by who moves the store, which takes as long as it
// takes.
Result<std::unique_ptr<journal::ActsHold>> Home::share_acts() const {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + wait_max_;
  for (auto pause = kPauseFirst;; pause = std::min(2 * pause, kPauseMax)) {
    SHOMEI_TRY(auto hold, engine_->hold_acts(journal::Hold::shared));
    if (hold) return hold;
    if (move_is_under_way(layout_)) return conflict("move_under_way", {{"home", layout_.root.string()}});
    if (stop_ && *stop_) return unavailable("interrupted");
    if (Clock::now() >= until) return unavailable("acts_held", {{"home", layout_.root.string()}});
    std::this_thread::sleep_for(pause);
  }
}

Result<journal::VerifierKey> Home::checkpoint_key() const {
  SHOMEI_TRY(const auto text, files::read_file(layout_.checkpoint_key(), kVerifierKeyBytesMax));
  std::string line = to_text(text);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  return journal::parse_verifier_key(line);
}

counter::Parts Home::parts() {
  return {*journal_,
          settings_.profile,
          settings_.directory,
          rules_,
          [this](pki::CertificateKind kind) { return issuing_authority(kind); },
          [this] { return bad_keys_->known(); },
          &card_policy_,
          admission_.get()};
}

Result<journal::AuthorityRecord> Home::find_authority(const std::string& name) const {
  SHOMEI_TRY(const auto all_rows, rows());
  SHOMEI_TRY(auto records, all_rows->list_authorities());
  for (auto& record : records)
    if (record.name == name) return std::move(record);
  return not_found("authority_unknown", {{"authority", name}});
}

Result<const authority::Authority*> Home::authority(const std::string& name) {
  const std::lock_guard lock(generations_mutex_);
  if (const auto open = generations_.find(name); open != generations_.end()) return &open->second.authority;
  SHOMEI_TRY(const auto record, find_authority(name));
  SHOMEI_TRY(auto signer, places_->open(KeyUse::authorities, name));
  SHOMEI_TRY(auto opened, authority::Authority::open(record, *signer));
  const auto [at, added] = generations_.emplace(name, Generation{std::move(signer), std::move(opened)});
  return &at->second.authority;
}

// Who has a key for lists needs the authority's own for nothing here: it may be in a safe.
Result<const authority::Authority*> Home::authority_of_lists(const std::string& name) {
  const std::lock_guard lock(generations_mutex_);
  if (const auto open = of_lists_.find(name); open != of_lists_.end()) return &open->second.authority;
  SHOMEI_TRY(const auto record, find_authority(name));
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(record.certificate));
  auto own = places_->open(KeyUse::authorities, name);
  std::unique_ptr<crypto::Signer> signer;
  if (own)
    signer = *std::move(own);
  else
    signer = std::make_unique<AbsentKey>(certificate.tbs.key, own.error());
  SHOMEI_TRY(auto opened, authority::Authority::open(record, *signer));
  Generation generation{std::move(signer), std::move(opened)};
  SHOMEI_TRY(const bool has_list_key, take_list_key(generation));
  if (!own && !has_list_key) return own.error();
  const auto [at, added] = of_lists_.emplace(name, std::move(generation));
  return &at->second.authority;
}

// The certificate is published and the key is kept: one without the other is no authority without a key for
// lists, but one that has lost something.
Result<bool> Home::take_list_key(Generation& generation) {
  const std::string key_name = crl_key_name(generation.authority.name());
  const auto path = layout_.certificate(key_name);
  const auto text = files::read_file(path, kCertificateFileBytesMax);
  if (!text && text.error().code != "file_missing") return text.error();
  SHOMEI_TRY(const bool has_key, places_->has(KeyUse::crl, key_name));
  if (!text && !has_key) return false;
  if (!text) return not_found("crl_certificate_missing", {{"path", path.string()}});
  SHOMEI_TRY(const auto der, pki::from_pem("CERTIFICATE", to_text(*text)));
  SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
  SHOMEI_TRY(generation.list_signer, places_->open(KeyUse::crl, key_name));
  SHOMEI_CHECK(generation.authority.sign_lists_with(std::move(certificate), *generation.list_signer));
  return true;
}

Result<const authority::Authority*> Home::issuing_authority(pki::CertificateKind kind) {
  SHOMEI_TRY(const auto all_rows, rows());
  SHOMEI_TRY(const auto records, all_rows->list_authorities());
  SHOMEI_TRY(const auto* issuing,
             authority::issuing_generation(records, kind, clock_->now(), settings_.profile.of(kind).issuing));
  if (!issuing) return not_found("authority_unknown", {{"authority", std::string(pki::name(kind))}});
  return authority(issuing->name);
}

}  // namespace shomei::home
