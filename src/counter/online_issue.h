// OnlineIssue: one request of issue_certificate() on its way, a step at a time, so that many requests can
// take a step together: issue_online.cc walks alone, shared_issuing.cc with whoever asks at the same moment.
#pragma once

#include <optional>

#include "authority/issue.h"
#include "counter/facts.h"
#include "counter/issue_online.h"

namespace shomei::counter {

class OnlineIssue {
 public:
  // Both outlive it.
  OnlineIssue(const Parts& parts, const CertificateRequest& request)
      : parts_(parts), request_(request), application_(request.application) {}

  // The steps in their order; false: there is no next one, ask for the answer.
  bool prove();  // what needs no row; no transaction of this thread is open
  // A proposal, of rows that may have changed when its turn comes: it is looked at again then, and what is
  // not granted is decided again, where the refusal leaves its trace.
  void propose(journal::Rows& rows);
  bool take_in(authority::SharedCommit& commit);  // with an intent among those of `commit`
  std::optional<authority::SignedIntent> sign(authority::Intent&& intent);

  // The end, whatever step it comes from.
  void end(Result<journal::CertificateRecord> with) { answer_ = std::move(with); }
  // Waits when the same request is under way elsewhere. Once.
  Result<journal::CertificateRecord> answer();

 private:
  // What needs no row.
  struct Proven {
    Office office;
    const authority::Authority* authority;
    crypto::PublicKey key;
    crypto::Sha256 content;
    pki::SerialNumber serial;
    // Which card says that it made the key. What is wrong with that matters when the request is a new one.
    Result<std::optional<issuer::TokenSerial>> card;
  };
  Result<Proven> proven();
  template <class Decide>
  Result<authority::Proposal> proposal_for(const Holder& holder, Instant at, const Decide& decide) const;
  bool still_of_the_moment(Instant now) const;
  authority::Order order_for(const Holder& holder, const authority::Municipality& place,
                             journal::Fields person) const;
  Result<void> try_to_take_in(authority::SharedCommit& commit);
  bool fails(const Result<void>& step);
  Result<journal::CertificateRecord> earlier_answer() const;

  const Parts& parts_;
  const CertificateRequest& request_;
  Application application_;  // the request's, with what others have agreed to
  std::optional<Proven> proven_;
  // Made ahead, if one was, of what stood then.
  std::optional<authority::Proposal> proposal_;
  std::optional<Holder> holder_;
  Instant proposed_at_{};
  bool known_ = false;  // the request was taken in before: the answer is that one's
  std::optional<Result<journal::CertificateRecord>> answer_;
};

}  // namespace shomei::counter
