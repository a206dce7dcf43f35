// Responders: who answers for the authorities while the services run. Their certificates are short and
// renewed in time, and a newer key is changed over to, so that no service has to be started anew for either.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/signer.h"
#include "home/home.h"

namespace shomei::app {

struct Term {
  Instant not_before;
  Instant not_after;
};
// Whether a responder's certificate need not be renewed yet: it holds and more than a third of its time is
// left, or a new one would end no later, because the authority does not last longer.
bool responder_stands(const Term& certificate, Instant authority_ends, Instant now);

class Responders {
 public:
  // Told of each certificate that is to be used from now on. The signer lives as long as the Responders.
  using Appoint = std::function<Result<void>(const std::string& authority, crypto::Signer& signer,
                                             const pki::Certificate& certificate)>;
  // Whether it makes new certificates, for which it needs the authorities' keys, or takes those that another
  // process has made and published.
  enum class Renews { yes, no };
  // Told how each try for an authority ended, and until when it has a certificate that holds.
  using Report = std::function<void(const std::string& authority, const Result<void>& tried,
                                    std::optional<Instant> certified_until)>;
  // The home and the clock outlive it.
  Responders(home::Home& home, const Clock& clock, Appoint appoint, Renews renews = Renews::yes,
             Report report = {})
      : home_(home),
        clock_(clock),
        appoint_(std::move(appoint)),
        renews_(renews),
        report_(std::move(report)) {}

  // What fails of one authority is reported and keeps no other from its responder: keys may be in a safe, or
  // not yet on this machine. refused "responder_not_certified" {authority}: there is no certificate for its
  // key that holds, and it may make none. An authority that has ended gets no responder.

  // Appoints one for each authority: the certificate of the home if it stands, else a new one. Its error is
  // the first that was reported, when nobody has a responder for it.
  Result<void> appoint_all();
  // Once an hour of the clock at most it looks whether all stand and whether anyone has a newer key, and
  // appoints anew who does not or has. What failed is tried again an hour later. Returns whether it looked;
  // an error is one of the store.
  Result<bool> renew();
  // Those of authorities that a ceremony has made since, and of those that have none yet, half a minute after
  // the last try: to be told of when the journal has grown or anyone waits.
  Result<void> appoint_new();
  bool anyone_waits() const;  // for another try by appoint_new
  // Who has a responder now.
  std::vector<std::string> authorities() const;

 private:
  struct One {
    std::string authority;
    Instant authority_ends;
    // All that were opened: an answer may still be under way with the one before.
    std::vector<std::unique_ptr<crypto::Signer>> signers;
    unsigned key_number = 0;                      // of the last of them
    std::optional<pki::Certificate> certificate;  // the one that was appointed
    std::optional<Instant> tried_at;
    crypto::Signer& signer() const { return *signers.back(); }
  };
  Result<void> take_in_new();
  bool has_ended(const One& one) const;  // its authority, as authority.h has it
  bool is_certified(const One& one) const;
  bool waits(const One& one) const;
  Result<void> look_after(One& one);  // and reports
  Result<void> appoint(One& one);
  bool holds(const One& one, const pki::Certificate& certificate) const;
  bool stands(const One& one, const pki::Certificate& certificate) const;
  Result<std::optional<pki::Certificate>> published(const One& one) const;
  Result<pki::Certificate> publish_new(const One& one);
  Result<void> certify(One& one);
  Result<void> look_at_published(One& one);
  Result<void> take_latest_key(One& one);
  Result<void> use(One& one, pki::Certificate certificate);

  home::Home& home_;
  const Clock& clock_;
  Appoint appoint_;
  Renews renews_;
  Report report_;
  std::vector<One> all_;  // those without a certificate too
  Instant looked_at_{};
};

}  // namespace shomei::app
