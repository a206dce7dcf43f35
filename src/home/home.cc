#include "home/home.h"

#include "files/file.h"
#include "home/clock.h"
#include "journal/verify.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;
constexpr std::size_t kVerifierKeyBytesMax = 4096;
// A clock that NTP has set back a little is met by dating entries no earlier than the last. One further back
// would make certificates that are revoked before they begin.
constexpr std::chrono::minutes kClockBehindMax{5};

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

}  // namespace

Result<std::unique_ptr<Home>> Home::open(const std::filesystem::path& root, const OpenOptions& options) {
  Layout layout{root};
  SHOMEI_TRY(auto settings, read_settings(layout));
  std::unique_ptr<Home> home(new Home(std::move(layout), std::move(settings)));
  SHOMEI_CHECK(home->set_clock(options.at));
  const auto mode =
      options.access == journal::Access::write ? store::OpenMode::existing : store::OpenMode::read_only;
  SHOMEI_TRY(home->engine_, store::SqliteEngine::open(home->layout_.store(), mode));
  if (options.access == journal::Access::write) SHOMEI_CHECK(home->open_for_writing(options.at.has_value()));
  return home;
}

Result<void> Home::set_clock(const std::optional<Instant>& at) {
  if (!at) {
    clock_ = std::make_unique<SystemClock>();
    return {};
  }
  if (!settings_.demo) return refused("clock_not_movable");
  clock_ = std::make_unique<MovedClock>(*at);
  return {};
}

Result<void> Home::open_for_writing(bool moved) {
  SHOMEI_TRY(const auto last, last_recorded_at(*engine_));
  // A demo that was taken into the future for one act comes back for the next: that is what it is for. What
  // is recorded keeps its order all the same (journal/transaction.h, authority/revoke.h).
  const bool back_from_the_future = settings_.demo && !moved;
  if (const auto now = clock_->now_ms(); last && now + kClockBehindMax < *last && !back_from_the_future)
    return refused("clock_before_journal", {{"last", format_jst(*last)}, {"now", format_jst(now)}});
  SHOMEI_TRY(auto keys, KeyStore::open(layout_.keys()));
  keys_.emplace(std::move(keys));
  SHOMEI_TRY(auto checkpoint_key, keys_->load("checkpoint"));
  checkpoint_signer_ = crypto::software_signer(std::move(checkpoint_key));
  journal_ =
      std::make_unique<journal::Journal>(*engine_, *checkpoint_signer_, *clock_, settings_.journal_origin);
  return repair();
}

// Acts hold the lock shared; who gets it alone knows that none is under way, so what stands half-done is a
// crash's.
Result<void> Home::repair() {
  SHOMEI_TRY(auto alone, engine_->hold_acts(journal::Hold::alone));
  if (alone) {
    const auto box = card_box();
    SHOMEI_TRY(recovery_,
               authority::recover(*journal_, [&](const auto& record) { return box.holds(record); }));
    alone.reset();
  }
  SHOMEI_TRY(acts_, engine_->hold_acts(journal::Hold::shared));
  return {};
}

Result<journal::VerifierKey> Home::checkpoint_key() const {
  SHOMEI_TRY(const auto text, files::read_file(layout_.checkpoint_key(), kVerifierKeyBytesMax));
  std::string line = to_text(text);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  return journal::parse_verifier_key(line);
}

counter::Parts Home::parts() {
  return {*journal_, settings_.profile, settings_.directory, rules_,
          [this](pki::CertificateKind kind) { return issuing_authority(kind); }};
}

Result<const authority::Authority*> Home::authority(const std::string& name) {
  if (const auto open = generations_.find(name); open != generations_.end()) return &open->second.authority;
  SHOMEI_TRY(const auto all_rows, rows());
  SHOMEI_TRY(const auto records, all_rows->list_authorities());
  for (const auto& record : records) {
    if (record.name != name) continue;
    SHOMEI_TRY(auto key, keys_->load(name));
    auto signer = crypto::software_signer(std::move(key));
    SHOMEI_TRY(auto opened, authority::Authority::open(record, *signer));
    const auto [at, added] = generations_.emplace(name, Generation{std::move(signer), std::move(opened)});
    return &at->second.authority;
  }
  return not_found("authority_unknown", {{"authority", name}});
}

Result<const authority::Authority*> Home::issuing_authority(pki::CertificateKind kind) {
  SHOMEI_TRY(const auto all_rows, rows());
  SHOMEI_TRY(const auto records, all_rows->list_authorities());
  const journal::AuthorityRecord* latest = nullptr;
  for (const auto& record : records)
    if (record.kind == kind && (!latest || record.generation > latest->generation)) latest = &record;
  if (!latest) return not_found("authority_unknown", {{"authority", std::string(pki::name(kind))}});
  return authority(latest->name);
}

}  // namespace shomei::home
