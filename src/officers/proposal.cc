#include "officers/proposal.h"

#include <algorithm>
#include <charconv>

#include "crypto/random.h"
#include "officers/books.h"

namespace shomei::officers {
namespace {

namespace field = journal::field;

constexpr std::string_view kPropose = "propose";
constexpr std::string_view kApprove = "approve";

Result<int> number_in(std::string_view text) {
  int number = 0;
  const auto* end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, number); read.ec != std::errc{} || read.ptr != end)
    return unreadable_field("a proposal needs no number of approvals");
  return number;
}

Result<std::optional<crypto::Sha256>> key_in(const journal::Fields& fields) {
  const auto text = journal::text(fields, field::kKey);
  if (text.empty()) return std::optional<crypto::Sha256>{};
  SHOMEI_TRY(const auto key, parse_digest(text));
  return std::optional{key};
}

void say_key(journal::Fields& fields, const std::optional<crypto::Sha256>& key) {
  if (key) say(fields, field::kKey, to_hex_upper(*key));
}

// One person under two names has one key.
bool is_proposer(const Approver& who, const Proposal& proposal) {
  return who.name == proposal.proposer || (who.key && who.key == proposal.key);
}

bool has_agreed(const Approver& who, const Proposal& proposal) {
  return std::ranges::find(proposal.approvers, who.name) != proposal.approvers.end() ||
         (who.key && std::ranges::find(proposal.approvers_keys, *who.key) != proposal.approvers_keys.end());
}

void add(Proposal& proposal, const Approver& who) {
  proposal.approvers.push_back(who.name);
  if (who.key) proposal.approvers_keys.push_back(*who.key);
}

Result<Proposal> parse_proposal(const RequestId& request, const BookEntry& entry) {
  const auto& fields = entry.officer;
  Proposal proposal;
  proposal.request = request;
  proposal.act = journal::text(fields, field::kProposed);
  proposal.summary = journal::text(fields, field::kSummary);
  proposal.proposer = journal::text(fields, field::kActor);
  proposal.made_at = std::chrono::floor<std::chrono::seconds>(entry.recorded_at);
  SHOMEI_TRY(proposal.content, parse_digest(journal::text(fields, field::kContent)));
  SHOMEI_TRY(proposal.key, key_in(fields));
  SHOMEI_TRY(proposal.office, OfficeId::parse(journal::text(fields, field::kOffice)));
  SHOMEI_TRY(proposal.expires_at, parse_instant(journal::text(fields, field::kExpiresAt)));
  SHOMEI_TRY(proposal.approvals_needed, number_in(journal::text(fields, field::kApprovals)));
  return proposal;
}

// What counts: one word of each other officer, in time.
Result<void> take_approval(Proposal& proposal, const BookEntry& entry) {
  Approver who{.name = journal::text(entry.officer, field::kActor)};
  SHOMEI_TRY(who.key, key_in(entry.officer));
  const bool in_time = std::chrono::floor<std::chrono::seconds>(entry.recorded_at) < proposal.expires_at;
  if (in_time && !is_proposer(who, proposal) && !has_agreed(who, proposal)) add(proposal, who);
  return {};
}

}  // namespace

Result<std::optional<Proposal>> find_proposal(journal::Rows& rows, const RequestId& request) {
  std::optional<Proposal> proposal;
  const auto take = [&](const BookEntry& entry) -> Result<void> {
    const auto act = journal::text(entry.officer, field::kAct);
    if (act == kApprove && proposal) return take_approval(*proposal, entry);
    if (act != kPropose || proposal) return {};
    SHOMEI_TRY(proposal, parse_proposal(request, entry));
    return {};
  };
  SHOMEI_CHECK(each_entry_of(rows, book_of_proposal(request.text()), take));
  return proposal;
}

Result<void> propose(journal::Transaction& transaction, const Proposal& proposal, journal::Fields by) {
  say(by, field::kAct, kPropose);
  say(by, field::kActor, proposal.proposer);
  say(by, field::kOffice, proposal.office.text());
  say(by, field::kRequest, proposal.request.text());
  say(by, field::kProposed, proposal.act);
  say(by, field::kContent, to_hex_upper(proposal.content));
  say(by, field::kSummary, proposal.summary);
  say(by, field::kApprovals, std::to_string(proposal.approvals_needed));
  say(by, field::kExpiresAt, format_utc(proposal.expires_at));
  say_key(by, proposal.key);
  return transaction
      .append({.act = crypto::ordered_identifier<ActId>(),
               .officer = std::move(by),
               .about = book_of_proposal(proposal.request.text())})
      .transform([](auto) {});
}

Result<Proposal> approve(journal::Transaction& transaction, const RequestId& request,
                         const Approver& approver, Instant at, journal::Fields by) {
  SHOMEI_TRY(auto proposal, find_proposal(transaction.rows(), request));
  if (!proposal) return not_found("proposal_unknown", {{"request", request.text()}});
  if (at >= proposal->expires_at)
    return refused("proposal_expired",
                   {{"request", request.text()}, {"expires_at", format_jst(proposal->expires_at)}});
  if (is_proposer(approver, *proposal)) return refused("own_proposal", {{"officer", proposal->proposer}});
  if (has_agreed(approver, *proposal)) return refused("approved_already", {{"officer", approver.name}});
  say(by, field::kAct, kApprove);
  say(by, field::kActor, approver.name);
  say_key(by, approver.key);
  say(by, field::kProposal, request.text());
  SHOMEI_CHECK(transaction.append({.act = crypto::ordered_identifier<ActId>(),
                                   .officer = std::move(by),
                                   .about = book_of_proposal(request.text())}));
  add(*proposal, approver);
  return *std::move(proposal);
}

}  // namespace shomei::officers
