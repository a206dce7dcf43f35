// Responder: signed answers to OCSP requests (RFC 6960 in the profile of RFC 5019), from a StatusList.
//
// - good only for a serial that the asked generation itself issued; never issued is unknown;
// - suspended is revoked with certificateHold; expired certificates keep their last state, with
// archiveCutoff;
// - one answer has one signer: the generation of the first certificate asked for that is ours answers, and
// for
//   every other issuer it says unknown; when none is ours the answer is `unauthorized`;
// - a nonce is repeated; an answer without one may be given again until half of its time is over, as long as
// it
//   says what a new one would say.
// Safe from several threads.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/signer.h"
#include "pki/ocsp_request.h"
#include "pki/ocsp_response.h"
#include "status/delegate.h"
#include "status/response_cache.h"
#include "status/status_list.h"

namespace shomei::status {

struct ResponderSettings {
  std::chrono::seconds validity{15 * 60};  // nextUpdate - thisUpdate; jpki-facts 2.6
  // Without word from the journal for longer, nothing is answered (tryLater).
  std::chrono::seconds silence_max{60};
  std::size_t nonce_bytes_max = pki::kOcspNonceBytesMax;
  std::size_t answers_max = 16 * 1024;  // kept signed; about 2 KiB each
  // Asked before an answer is refused because the list is old: whether the journal has been looked at anew
  // since. A clock that was set on makes a list old that was read a moment ago. Waits a
  // quarter of a second at most.
  std::function<bool()> look_again = {};
};

struct Response {
  std::shared_ptr<const SignedAnswer> answer;  // null: nothing is signed, `trouble` says why
  Bytes unsigned_der;                          // then this is the OCSPResponse
  // HTTP caches may keep it until nextUpdate: no nonce in it, and nothing unknown that may be issued soon.
  bool cacheable = false;
  // The same bytes may be answered with it again before that moment, as long as the responder's changes() are
  // these; none: never.
  std::optional<Instant> repeat_before;
  std::uint64_t changes = 0;
  bool repeated = false;         // it was signed for an earlier question
  std::optional<Error> trouble;  // for the log, never for the asker

  ByteView der() const { return answer ? ByteView(answer->der) : ByteView(unsigned_der); }
};

class Responder {
 public:
  // The list and the clock outlive the responder.
  Responder(const StatusList& list, const Clock& clock, ResponderSettings settings = {});

  // Signs from now on for that authority (generation), in place of an earlier delegate. The signer outlives
  // the responder. not_found "status_authority_unknown"; refused "status_delegate_unfit".
  Result<void> set_delegate(std::string_view authority, crypto::Signer& signer, ByteView certificate_der);

  Response respond(ByteView request_der);
  // Who signs for that authority now. unavailable "status_delegate_missing" {authority}.
  Result<std::shared_ptr<const Delegate>> delegate_of(std::string_view authority) const;
  // Grows with each change of what the list says and of who signs.
  std::uint64_t changes() const { return list_.changes() + appointed_.load(std::memory_order_acquire); }
  // Whether the list is trusted and had word from the journal lately: else every answer is tryLater.
  bool hears(Instant now) const;

 private:
  struct Times {
    Instant produced_at;
    Instant this_update;
    Instant next_update;
    std::uint64_t changes = 0, appointed = 0;  // before anything was looked up
  };
  Result<pki::OcspRequest> parse(ByteView request_der) const;
  Result<std::shared_ptr<const Delegate>> delegate_for(const pki::OcspRequest& request) const;
  Result<void> tell_times(const Delegate& delegate, Times& times) const;
  Result<void> tell_times_of_now(const Delegate& delegate, Times& times) const;
  Claim claim(const Authority& authority, const pki::CertId& id, Instant now) const;
  std::vector<Claim> claims(const Authority& authority, const pki::OcspRequest& request, Instant now) const;
  bool may_repeat(const SignedAnswer& answer, const std::vector<Claim>& claims, const Times& times) const;
  Instant first_half_ends(const SignedAnswer& answer) const;
  Response answered(std::shared_ptr<const SignedAnswer> answer, const pki::OcspRequest& request,
                    const Times& times) const;
  Result<Bytes> sign(const Delegate& delegate, const pki::OcspRequest& request,
                     const std::vector<Claim>& claims, const Times& times) const;
  Result<Response> answer(ByteView request_der);

  const StatusList& list_;
  const Clock& clock_;
  ResponderSettings settings_;
  ResponseCache cache_;
  mutable std::shared_mutex mutex_;  // of delegates_
  std::vector<std::shared_ptr<const Delegate>> delegates_;
  std::atomic<std::uint64_t> appointed_{0};
};

}  // namespace shomei::status
