// StandingLists: the revocation lists that stand, and those that must be signed anew (jpki-facts 2.6; RFC
// 5280 section 5). Of each generation of an authority there is a list of all its certificates, one of every
// municipality's partition, and beside each of them the delta list with the same number.
//
// A list is signed anew when what it has to say has changed (one of all that is large: some time after the
// last, CrlSettings::large), when it is over half of its life, when the key that signs lists is another, or
// when the clock is before its beginning. Its number is the next one, and its nextUpdate is never before that
// of the list in whose place it comes, which is removed from the store. A delta list begins at the oldest
// list that is still in date, so that everybody who has one that is in date can use it; but where it would
// have half of what the complete list has, it begins at that, and whoever has an older one fetches the list.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "authority/authority.h"
#include "authority/crl_settings.h"
#include "authority/revoked_certificates.h"
#include "journal/transaction.h"

namespace shomei::authority {

class StandingLists {
 public:
  // The journal outlives it. Without places there are the lists of partitions alone that occur elsewhere.
  StandingLists(journal::Journal& journal, const CrlSettings& settings, ListPlaces places = {})
      : journal_(journal), settings_(settings), places_(std::move(places)), revoked_(settings.validity) {}

  // Signs and records the lists of the authority that are due, those first that have changed. refused
  // "authority_ended"; what RevokedCertificates, the store and the signer say.
  // At once: a large list, too, says all that was true at the call.
  enum class Large { wait, at_once };
  Result<void> publish(const Authority& authority, Large large = Large::wait);

  // The list of that name as it stands, signed anew first where it is due. refused "authority_ended";
  // not_found "crl_unknown": there is no such partition.
  Result<journal::CrlRecord> current(const Authority& authority, const journal::ListName& name);
  Result<journal::CrlRecord> sign_anew(const Authority& authority, const journal::ListName& name);

  // Reads on, and says whether the lists of the authority still say what is true; `large`: whether one that
  // waits may say what was.
  Result<bool> say_what_is_true(const std::string& authority, Large large = Large::wait);
  // When the next of the lists that stand will be over half of its life, or has waited long enough; none:
  // Instant::max().
  Instant next_due(Instant now);
  std::uint64_t next() const { return revoked_.next(); }  // the sequence number that it waits for

 private:
  using Scope = std::pair<std::string, std::string>;  // an authority and a partition, or none
  // A complete list that may still be in date somewhere.
  struct Base {
    std::uint64_t number = 0, revision = 0;
    Instant until;
  };
  struct Standing {
    bool known = false;        // what the store has is what stands here
    std::uint64_t number = 0;  // 0: there is none
    Instant this_update, next_update;
    crypto::Sha256 digest{};
    pki::CrlHead head;
    bool has_delta = false;
    std::uint64_t revision = 0;  // of the content that it says
    std::deque<Base> bases;      // in the order of their numbers
  };
  struct Made {
    Scope scope;
    pki::CrlHead head;
    std::uint64_t revision = 0;
    Base base;
    journal::CrlRecord complete, delta;
  };

  Result<void> catch_up();
  Result<void> catch_up(journal::Rows& rows);
  void published(const journal::CrlPublished& list);
  Result<void> look_for_partitions();
  std::vector<Scope> scopes_of(const Authority& authority);
  Result<Standing*> standing_of(const Scope& scope);
  Result<void> read_standing(const Scope& scope, Standing& standing);
  Result<std::optional<Bytes>> point_of(const Authority& authority, const Scope& scope);
  Result<std::optional<Bytes>> point_in_certificate(const Scope& scope);
  Result<std::optional<pki::CrlHead>> head_of(const Authority& authority, const Scope& scope,
                                              const Standing& standing, Instant now);
  Instant half_of(const Standing& standing) const;
  bool has_changed(const Scope& scope, const Standing& standing);
  bool waits(const Scope& scope, const Standing& standing, Instant now);  // with a change, being large
  Instant waits_until(const Scope& scope, const Standing& standing);
  enum class Due { no, grows_old, has_changed };
  Due due(const Standing& standing, const pki::CrlHead& wanted, const Scope& scope, Instant now, Large large);
  // Those that are due, at most as many as are signed in a turn, those first that have changed.
  Result<std::vector<Scope>> due_of(const Authority& authority, Instant now, Large large);
  Result<void> sign(const Authority& authority, const std::vector<Scope>& scopes, Instant now);
  void choose_base(Standing& standing, const pki::CrlHead& head, ListContent& content);
  Result<Made> make(const Authority& authority, const Scope& scope, Instant now);
  Result<void> record(std::vector<Made>& lists);
  void stands(const Made& made);
  Result<journal::CrlRecord> latest(const journal::ListName& name) const;

  journal::Journal& journal_;
  CrlSettings settings_;
  ListPlaces places_;
  RevokedCertificates revoked_;
  bool looked_for_partitions_ = false;
  std::map<Scope, Standing> standing_;
  std::map<Scope, Bytes> points_;  // where the settings do not name the partition
};

}  // namespace shomei::authority
