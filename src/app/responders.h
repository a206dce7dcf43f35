// Responders: who answers for the authorities while the services run. Their keys stay, and their certificates
// are renewed in time, so that no service has to be started anew for it.
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
// Whether a responder's certificate need not be renewed yet: it holds and is not near its end, or a new one
// would end no later, because the authority does not last longer.
bool responder_stands(const Term& certificate, Instant authority_ends, Instant now);

class Responders {
 public:
  // Told of each certificate that is to be used from now on. The signer lives as long as the Responders.
  using Appoint = std::function<Result<void>(const std::string& authority, crypto::Signer& signer,
                                             const pki::Certificate& certificate)>;
  // The home and the clock outlive it.
  Responders(home::Home& home, const Clock& clock, Appoint appoint)
      : home_(home), clock_(clock), appoint_(std::move(appoint)) {}

  // Appoints one for each authority: the certificate of the home if it stands, else a new one.
  Result<void> appoint_all();
  // Once an hour of the clock at most it looks whether all stand, and appoints anew who does not. What failed
  // is tried again an hour later.
  Result<void> renew();
  std::vector<std::string> authorities() const;

 private:
  struct One {
    std::string authority;
    Instant authority_ends;
    std::unique_ptr<crypto::Signer> signer;
    std::optional<pki::Certificate> certificate;  // the one that was appointed
  };
  bool stands(const One& one, const pki::Certificate& certificate) const;
  Result<std::optional<pki::Certificate>> published(const One& one) const;
  Result<pki::Certificate> publish_new(const One& one);
  Result<void> use(One& one, pki::Certificate certificate);

  home::Home& home_;
  const Clock& clock_;
  Appoint appoint_;
  std::vector<One> all_;
  Instant looked_at_{};
};

}  // namespace shomei::app
