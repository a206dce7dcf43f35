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
  // The home and the clock outlive it.
  Responders(home::Home& home, const Clock& clock, Appoint appoint, Renews renews = Renews::yes)
      : home_(home), clock_(clock), appoint_(std::move(appoint)), renews_(renews) {}

  // Appoints one for each authority: the certificate of the home if it stands, else a new one. refused
  // "responder_not_certified" {authority}: there is none for its key that holds, and it may make none.
  Result<void> appoint_all();
  // Once an hour of the clock at most it looks whether all stand and whether anyone has a newer key, and
  // appoints anew who does not or has. What failed is tried again an hour later.
  Result<void> renew();
  // Those of authorities that a ceremony has made since: to be told of when the journal has grown.
  Result<void> appoint_new();
  std::vector<std::string> authorities() const;

 private:
  struct One {
    std::string authority;
    Instant authority_ends;
    // All that were opened: an answer may still be under way with the one before.
    std::vector<std::unique_ptr<crypto::Signer>> signers;
    unsigned key_number = 0;                      // of the last of them
    std::optional<pki::Certificate> certificate;  // the one that was appointed
    crypto::Signer& signer() const { return *signers.back(); }
  };
  Result<void> appoint(const journal::AuthorityRecord& record);
  bool stands(const One& one, const pki::Certificate& certificate) const;
  Result<std::optional<pki::Certificate>> published(const One& one) const;
  Result<pki::Certificate> publish_new(const One& one);
  Result<void> look_at_published(One& one);
  Result<bool> take_latest_key(One& one);  // whether it is another than before
  Result<void> use(One& one, pki::Certificate certificate);

  home::Home& home_;
  const Clock& clock_;
  Appoint appoint_;
  Renews renews_;
  std::vector<One> all_;
  Instant looked_at_{};
};

}  // namespace shomei::app
