// Home: an opened home, with everything that a command needs. Reading needs no key; writing opens the home's
// keys, repairs what a crash left between its entries, and holds the lock of acts while it lives.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "authority/authority.h"
#include "authority/recover.h"
#include "base/result.h"
#include "counter/card_policy.h"
#include "counter/parts.h"
#include "home/bad_keys.h"
#include "home/card_box.h"
#include "home/card_issuer.h"
#include "home/key_store.h"
#include "home/keys/key_places.h"
#include "home/layout.h"
#include "home/move/move_store.h"
#include "home/operations.h"
#include "home/personal_contents.h"
#include "home/settings.h"
#include "journal/checkpoint.h"
#include "journal/transaction.h"

namespace shomei::home {

struct OpenOptions {
  journal::Access access = journal::Access::read;
  std::optional<Instant> at = {};  // moves the clock of a demo home
  AskSecret ask = {};              // for the passphrase and the PINs of tokens
  // For writing: how long it waits for who holds all acts alone, and what ends the waiting sooner (borrowed).
  std::chrono::milliseconds wait_max{10'000};
  const std::atomic<bool>* stop = nullptr;
};

class Home {
 public:
  // not_found "home_missing"; refused "home_newer", "clock_not_movable", "clock_before_journal" (for writing:
  // the clock is more than five minutes before the last entry, but for a demo that comes back from --at),
  // "ceremony_needed" (for writing: there are no keys yet), "store_of_another_home" (for writing: the
  // journal's last checkpoint is not by this home's key); conflict "move_under_way"; unavailable "acts_held"
  // and "interrupted" (for writing: another holds all acts alone); what settings, store and keys say.
  static Result<std::unique_ptr<Home>> open(const std::filesystem::path& root, const OpenOptions& options);

  const Layout& layout() const { return layout_; }
  const Settings& settings() const { return settings_; }
  const Clock& clock() const { return *clock_; }
  const authority::Recovery& recovery() const { return recovery_; }
  Settled settled() const { return settled_; }  // a move of the store that was interrupted

  Result<std::unique_ptr<journal::Rows>> rows() const { return engine_->begin(journal::Access::read); }
  journal::Engine& engine() const { return *engine_; }
  Result<journal::VerifierKey> checkpoint_key() const;  // from public/

  // From reading to writing, as open() with Access::write: by a ceremony, which makes the keys in between.
  Result<void> start_writing();

  // Opens what is sealed under the home's key, with this passphrase or the one that secrets.h finds. What
  // KeyStore::open and secrets.h say. Writing has done it.
  Result<void> open_keys(const SecretBytes* passphrase = nullptr);
  // After it alone:
  KeyPlaces& keys() const { return *places_; }
  CardBox card_box() const { return CardBox(layout_, *files_, settings_); }

  // For writing alone.
  journal::Journal& journal() const { return *journal_; }
  crypto::Signer& checkpoint_signer() const { return *checkpoint_signer_; }
  counter::Parts parts();  // of this home, for as long as it lives
  const issuer::Issuer& card_issuer() const { return card_issuer_->issuer; }
  // For CardBox: the card that the register has under that identifier, as it leaves the factory. not_found
  // "card_unknown".
  MakeCard make_card() const;
  BadKeys& bad_keys() { return *bad_keys_; }
  const officers::Admission& admission() const { return *admission_; }
  // Who certifies officers; made the first time.
  Result<Operations> operations();
  const rules::RuleSet& rules() const { return rules_; }
  // For a service that stays: it makes no acts, and others must be able to repair theirs while it runs.
  void leave_acts() { acts_.reset(); }
  // By name ("signature-1"), with its key. not_found "authority_unknown".
  Result<const authority::Authority*> authority(const std::string& name);
  // For signing its lists: with the key for lists if it has one, and then its own key need not be at hand.
  // not_found "crl_certificate_missing".
  Result<const authority::Authority*> authority_of_lists(const std::string& name);
  authority::ListPlaces list_places() const {
    return {settings_.profile, settings_.directory.municipalities};
  }
  // The generation of the kind that issues now (authority/generations.h).
  Result<const authority::Authority*> issuing_authority(pki::CertificateKind kind);

 private:
  Home(Layout layout, Settings settings, const OpenOptions& options)
      : layout_(std::move(layout)),
        settings_(std::move(settings)),
        rules_(rules::current_rule_set(settings_.rules)),
        ask_(options.ask),
        wait_max_(options.wait_max),
        stop_(options.stop) {}
  Result<void> set_clock(const std::optional<Instant>& at);
  Result<void> look_at_the_clock() const;
  Result<void> expect_own_journal() const;
  Result<void> open_card_issuer();
  Result<void> repair();
  Result<std::unique_ptr<journal::ActsHold>> share_acts() const;

  Layout layout_;
  Settings settings_;
  rules::RuleSet rules_;
  std::unique_ptr<Clock> clock_;
  bool moved_ = false;  // the clock, by --at
  std::unique_ptr<journal::Engine> engine_;
  AskSecret ask_;
  std::chrono::milliseconds wait_max_;
  const std::atomic<bool>* stop_;
  std::optional<KeyStore> files_;
  std::unique_ptr<KeyPlaces> places_;
  std::unique_ptr<CardIssuer> card_issuer_;
  std::optional<PersonalContents> contents_;
  counter::CardPolicy card_policy_;
  std::unique_ptr<crypto::Signer> checkpoint_signer_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<journal::ActsHold> acts_;
  std::unique_ptr<officers::Admission> admission_;
  std::unique_ptr<BadKeys> bad_keys_;
  authority::Recovery recovery_;
  Settled settled_ = Settled::nothing;
  struct Generation {
    std::unique_ptr<crypto::Signer> signer;
    authority::Authority authority;
    std::unique_ptr<crypto::Signer> list_signer = {};
  };
  Result<journal::AuthorityRecord> find_authority(const std::string& name) const;
  Result<bool> take_list_key(Generation& generation);  // whether it has one
  std::mutex generations_mutex_;  // authorities are asked for by several threads of a service
  std::map<std::string, Generation> generations_, of_lists_;  // opened so far; a map never moves its members
};

}  // namespace shomei::home
