// Home: an opened home, with everything that a command needs. Reading needs no key; writing opens the key
// store, repairs what a crash left between its entries, and holds the lock of acts while it lives.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "authority/authority.h"
#include "authority/recover.h"
#include "base/result.h"
#include "counter/parts.h"
#include "home/card_box.h"
#include "home/key_store.h"
#include "home/layout.h"
#include "home/settings.h"
#include "journal/checkpoint.h"
#include "journal/transaction.h"

namespace shomei::home {

struct OpenOptions {
  journal::Access access = journal::Access::read;
  std::optional<Instant> at;  // moves the clock of a demo home
};

class Home {
 public:
  // not_found "home_missing"; refused "home_newer", "clock_not_movable", "clock_before_journal" (for writing:
  // the clock is more than five minutes before the last entry, but for a demo that comes back from --at);
  // what settings and store say.
  static Result<std::unique_ptr<Home>> open(const std::filesystem::path& root, const OpenOptions& options);

  const Layout& layout() const { return layout_; }
  const Settings& settings() const { return settings_; }
  const Clock& clock() const { return *clock_; }
  const authority::Recovery& recovery() const { return recovery_; }

  Result<std::unique_ptr<journal::Rows>> rows() const { return engine_->begin(journal::Access::read); }
  journal::Engine& engine() const { return *engine_; }
  Result<journal::VerifierKey> checkpoint_key() const;  // from public/

  // For writing alone.
  journal::Journal& journal() const { return *journal_; }
  const KeyStore& keys() const { return *keys_; }
  counter::Parts parts();  // of this home, for as long as it lives
  const rules::RuleSet& rules() const { return rules_; }
  // For a service that stays: it makes no acts, and others must be able to repair theirs while it runs.
  void leave_acts() { acts_.reset(); }
  CardBox card_box() const { return CardBox(layout_, *keys_, settings_); }
  // By name ("signature-1"), with its key. not_found "authority_unknown".
  Result<const authority::Authority*> authority(const std::string& name);
  // The latest generation of the kind.
  Result<const authority::Authority*> issuing_authority(pki::CertificateKind kind);

 private:
  Home(Layout layout, Settings settings)
      : layout_(std::move(layout)),
        settings_(std::move(settings)),
        rules_(rules::current_rule_set(settings_.rules)) {}
  Result<void> set_clock(const std::optional<Instant>& at);
  Result<void> open_for_writing(bool moved);
  Result<void> repair();

  Layout layout_;
  Settings settings_;
  rules::RuleSet rules_;
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<journal::Engine> engine_;
  std::optional<KeyStore> keys_;
  std::unique_ptr<crypto::Signer> checkpoint_signer_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<journal::ActsHold> acts_;
  authority::Recovery recovery_;
  struct Generation {
    std::unique_ptr<crypto::Signer> signer;
    authority::Authority authority;
  };
  std::map<std::string, Generation> generations_;  // opened so far; a map never moves its members
};

}  // namespace shomei::home
