#include "tests/faults/aftermath.h"

#include <algorithm>

#include "crossing/check.h"

namespace shomei::test {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;

// A change of status has one entry, an issue two or three; the entry from which on an act is a promise is the
// last that its answer waited for.
std::uint64_t promised_in(const LoggedAct& act, const JournalTold::OfRequest& told) {
  return act.verb == ActVerb::issue && told.entries.size() > 1 ? told.entries[1] : told.entries.front();
}

std::string_view change_of(ActVerb verb) {
  switch (verb) {
    case ActVerb::issue:
      return "issued";
    case ActVerb::suspend:
      return "suspended";
    case ActVerb::restore:
      return "restored";
    case ActVerb::revoke:
      return "revoked";
    case ActVerb::confirm:
      break;
  }
  return "";
}

std::string serial_of_answer(const std::string& answer) {
  return answer.substr(0, answer.find(' '));
}

}  // namespace

void Aftermath::verify() {
  const auto rows = parts_.journal.read();
  if (!rows) return fail("the store cannot be read: " + std::string(rows.error().code));
  const auto report = journal::verify_journal(**rows, {key_, std::nullopt});
  if (!report) return fail("the journal cannot be read: " + std::string(report.error().code));
  for (const auto& f : report->findings)
    fail("entry " + std::to_string(f.sequence) + ": " + f.code + ": " + f.detail);
  const auto crossings = crossing::check(**rows);
  if (!crossings) return fail("the store cannot be read: " + std::string(crossings.error().code));
  for (const auto& f : crossings->findings)
    fail("entry " + std::to_string(f.sequence) + ": " + f.invariant + ": " + f.detail);
  told_ = read_journal(**rows);
  for (const auto& sentence : told_.broken) fail(sentence);
  for (const auto& serial : told_.twice) fail("the serial number " + serial + " was reserved twice");
  for (const auto& seen : log_.seen) {
    const auto root = told_.roots.find(seen.size);
    if (root == told_.roots.end() || root->second != seen.root)
      fail("a reader saw a checkpoint of " + std::to_string(seen.size) +
           " entries that the journal does not continue");
  }
}

void Aftermath::look_at_signatures() {
  for (const auto& [tbs, times] : log_.signatures) {
    const auto intent = told_.intents.find(tbs);
    if (intent == told_.intents.end())
      fail("signed without an intent in the journal: " + tbs);
    else if (intent->second.size() != 1)
      fail("one intent for several serial numbers: " + tbs);
    if (times != 1) fail("signed " + std::to_string(times) + " times: " + tbs);
  }
  std::map<std::string, std::size_t> intents_of;
  for (const auto& [tbs, serials] : told_.intents)
    for (const auto& serial : serials)
      if (++intents_of[serial] > 1) fail("two different intents with the serial number " + serial);
}

void Aftermath::look_at_rows() {
  const auto rows = parts_.journal.read();
  if (!rows) return fail("the store cannot be read: " + std::string(rows.error().code));
  const auto reserved = (*rows)->certificates_in_state(CertificateState::reserved);
  if (!reserved || !reserved->empty()) fail("the repair has left reserved serial numbers");
  for (const auto& [serial, told] : told_.certificates) {
    const auto found = (*rows)->find_certificates(*pki::SerialNumber::parse_hex(serial));
    if (!found || found->size() != 1) {
      fail("no row, or several, for " + serial);
      continue;
    }
    const auto& row = found->front();
    const std::string digest = row.der.empty() ? "" : to_hex(crypto::sha256(row.der));
    if (row.state != told.state || row.delivered != told.delivered || digest != told.digest ||
        row.act.text() != told.act)
      fail("row and journal tell different things of " + serial + ": " +
           std::string(journal::name(row.state)) + " and " + std::string(journal::name(told.state)));
    if (row.revoked_at && *row.revoked_at < row.not_before) fail(serial + " ends before it begins");
  }
}

void Aftermath::look_at_acts() {
  std::vector<const std::pair<const std::string, LoggedAct>*> in_order;
  for (const auto& act : log_.acts)
    if (act.second.done_at) in_order.push_back(&act);
  std::vector<std::pair<std::size_t, std::uint64_t>> promised;  // line of the acknowledgement, entry
  for (const auto* one : in_order) {
    const auto& [request, act] = *one;
    const auto serial = serial_of_answer(act.answers.front());
    const auto certificate = told_.certificates.find(serial);
    if (certificate == told_.certificates.end()) {
      fail("acknowledged and lost: " + std::string(name(act.verb)) + " " + request + ": " +
           act.answers.front());
      continue;
    }
    for (const auto& answer : act.answers)
      if (answer != act.answers.front())
        fail("two answers to " + request + ": " + answer + ", " + act.answers.front());
    if (act.verb == ActVerb::confirm) {
      if (!certificate->second.delivered) fail("acknowledged and lost: confirm " + request);
      continue;
    }
    const auto told = told_.requests.find(request);
    if (told == told_.requests.end() || std::ranges::find(certificate->second.changes, change_of(act.verb)) ==
                                            certificate->second.changes.end()) {
      fail("acknowledged and lost: " + std::string(name(act.verb)) + " " + request);
      continue;
    }
    promised.emplace_back(*act.done_at, promised_in(act, told->second));
  }
  std::ranges::sort(promised);
  for (const auto* one : in_order) {
    const auto& act = one->second;
    const auto told = told_.requests.find(one->first);
    if (act.verb == ActVerb::confirm || act.sent != 1 || told == told_.requests.end()) continue;
    for (const auto& [line, entry] : promised)
      if (line < act.sent_at && entry >= told->second.entries.front()) {
        fail("entry " + std::to_string(told->second.entries.front()) + " of " + one->first +
             " is in front of what was acknowledged before it was sent");
        break;
      }
  }
}

void Aftermath::compare(const std::string& request, const LoggedAct& act,
                        const Result<CertificateRecord>& answer) {
  ++sent_again_;
  const std::string said =
      answer ? answer_text(act.verb, *answer)
             : std::string(shomei::name(answer.error().fault)) + " " + std::string(answer.error().code);
  const std::string what = std::string(name(act.verb)) + " " + request + " sent again: " + said;
  if (act.done_at) {
    if (said != act.answers.front()) fail(what + ", and before: " + act.answers.front());
    return;
  }
  if (!answer) {
    const auto fault = answer.error().fault;
    if (fault != Fault::refused && fault != Fault::conflict) fail(what);
    return;
  }
  // Not acknowledged, and in the journal all the same: it is the same act.
  const auto told = told_.requests.find(request);
  if (act.verb != ActVerb::issue || told == told_.requests.end()) return;
  if (answer->act.text() != told->second.act) fail(what + ", and there is an act of it: " + told->second.act);
}

void Aftermath::send_again() {
  for (const auto& prepared : requests_) {
    const auto act = log_.acts.find(prepared.request.text());
    if (act != log_.acts.end()) compare(act->first, act->second, send_issue(parts_, prepared));
  }
  for (const auto& [request, act] : log_.acts) {
    if (act.verb == ActVerb::issue) continue;
    const auto serial = *pki::SerialNumber::parse_hex(act.subject);
    compare(request, act, send_change(parts_, act.verb, *RequestId::parse(request), serial));
  }
}

std::vector<std::string> Aftermath::check() {
  verify();
  look_at_signatures();
  look_at_rows();
  look_at_acts();
  send_again();
  verify();  // and life went on
  look_at_rows();
  return std::move(failures_);
}

}  // namespace shomei::test
