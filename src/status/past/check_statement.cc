#include "status/past/check_statement.h"

#include <algorithm>
#include <set>

#include "journal/receipt/prove.h"
#include "status/delegate.h"
#include "status/past/jws.h"
#include "status/past/make_statement.h"

namespace shomei::status {
namespace {

constexpr std::string_view kBeginningOfJws = "{\"payload\"";

Error wrong(std::string check, std::string what) {
  return refused("status_at_wrong", {{"check", std::move(check)}, {"what", std::move(what)}});
}

Result<journal::Proven> prove(const journal::Receipt& proof, const journal::VerifierKey& key) {
  if (proof.key != journal::encode_verifier_key(key.name, key.key))
    return wrong("key", "it was made under the key " + proof.key);
  auto proven = journal::prove_entries(proof, key);
  if (proven) return proven;
  const auto& error = proven.error();
  if (error.code == "checkpoint_form" || error.code == "checkpoint_unsigned")
    return wrong("checkpoint", "its checkpoint is not a note that this key has signed");
  const auto sequence = std::string(error.parameter("sequence"));
  return wrong("proof", (sequence.empty() ? "" : "of entry " + sequence + ", ") +
                            std::string(error.parameter("what")));
}

// Of one checked document, whose statement and proven entries it borrows.
class Check {
 public:
  Check(const Statement& statement, const journal::Proven& proven) : statement_(statement), proven_(proven) {}

  Result<pki::Certificate> authority(std::optional<ByteView> expected) const {
    const Bytes* found = nullptr;
    for (const auto& entry : proven_.entries)
      if (const auto* added = entry.status ? added_authority(*entry.status, name().authority) : nullptr)
        found = added;
    if (!found) return wrong("authority", "no entry of the proof adds " + name().authority);
    if (expected && !equal(*expected, *found))
      return wrong("authority", "the certificate of " + name().authority + " in the journal is another one");
    auto certificate = pki::parse_certificate(*found);
    if (!certificate || !pki::verify_signature(*certificate, certificate->tbs.key))
      return wrong("authority", "the certificate of " + name().authority + " does not sign itself");
    return certificate;
  }

  // The entry of the authority and those of the changes, and none besides.
  Result<void> entries() const {
    std::set<std::uint64_t> needed;
    for (const auto& change : statement_.changes) needed.insert(change.sequence);
    for (const auto& proven : proven_.entries) {
      const bool founds = proven.status && added_authority(*proven.status, name().authority);
      if (needed.erase(proven.entry.sequence) == 0 && !founds)
        return wrong("proof", "the entry " + std::to_string(proven.entry.sequence) + " is not asked for");
      if (proven.person || proven.officer)
        return wrong("proof",
                     "the entry " + std::to_string(proven.entry.sequence) + " has more than its status part");
    }
    if (needed.empty()) return {};
    return wrong("proof", "the entry " + std::to_string(*needed.begin()) + " is missing");
  }

  Result<void> changes() const {
    for (std::size_t i = 1; i < statement_.changes.size(); ++i)
      if (statement_.changes[i].sequence < statement_.changes[i - 1].sequence)
        return wrong("changes", "they are not in the order of the journal");
    for (const auto& proven : proven_.entries) SHOMEI_CHECK(changes_of(proven));
    return {};
  }

  Result<void> time() const {
    if (statement_.produced_at < statement_.at)
      return wrong("time", "it is about an instant that was to come when it was made");
    for (const auto& proven : proven_.entries)
      if (statement_.produced_at < std::chrono::floor<std::chrono::seconds>(proven.entry.recorded_at))
        return wrong(
            "time", "the entry " + std::to_string(proven.entry.sequence) + " was recorded after it was made");
    return {};
  }

  std::vector<std::uint64_t> withheld() const {
    std::vector<std::uint64_t> sequences;
    for (const auto& proven : proven_.entries)
      if (!proven.status) sequences.push_back(proven.entry.sequence);
    return sequences;
  }

 private:
  const CertificateName& name() const { return statement_.certificate; }

  // All that a shown part says of the certificate, and nothing that it does not say.
  Result<void> changes_of(const journal::ProvenEntry& proven) const {
    const auto sequence = proven.entry.sequence;
    std::vector<Change> told, says;
    std::ranges::copy_if(statement_.changes, std::back_inserter(told),
                         [&](const Change& change) { return change.sequence == sequence; });
    for (const auto& change : told)
      if (change.recorded_at != proven.entry.recorded_at)
        return wrong("changes", "the entry " + std::to_string(sequence) + " was recorded at another time");
    if (!proven.status) return {};
    append_changes(proven.entry, *proven.status, name(), says);
    if (told == says) return {};
    return wrong("changes",
                 "the entry " + std::to_string(sequence) + " says something else of the certificate");
  }

  const Statement& statement_;
  const journal::Proven& proven_;
};

Result<pki::Certificate> check_signer(const Jws& jws, const Statement& statement,
                                      const pki::Certificate& authority) {
  auto signer = pki::parse_certificate(jws.certificate);
  if (!signer) return wrong("responder", "its certificate does not parse");
  if (jws.type != kStatementType || !verify_jws(jws, signer->tbs.key))
    return wrong("signature", "it is not a statement that the key of its certificate has signed");
  const auto fit = check_delegate_certificate(statement.certificate.authority, authority, *signer);
  if (!fit) return wrong("responder", std::string(fit.error().parameter("what")));
  if (statement.produced_at < signer->tbs.not_before || signer->tbs.not_after < statement.produced_at)
    return wrong("responder", "its certificate was not valid when the statement was made");
  return signer;
}

}  // namespace

Result<CheckedStatement> check_statement(std::string_view text, const journal::VerifierKey& key,
                                         std::optional<ByteView> authority) {
  std::optional<Jws> jws;
  if (text.starts_with(kBeginningOfJws)) {
    SHOMEI_TRY(jws, parse_jws(text));
  }
  SHOMEI_TRY(auto statement, parse_statement(jws ? jws->payload : text));
  SHOMEI_TRY(const auto proven, prove(statement.proof, key));
  const Check check(statement, proven);
  SHOMEI_TRY(auto certificate, check.authority(authority));
  std::optional<pki::Certificate> signer;
  if (jws) {
    SHOMEI_TRY(signer, check_signer(*jws, statement, certificate));
  }
  SHOMEI_CHECK(check.entries());
  SHOMEI_CHECK(check.changes());
  SHOMEI_CHECK(check.time());
  auto withheld = check.withheld();
  return CheckedStatement{std::move(statement), proven.checkpoint, std::move(certificate), std::move(signer),
                          std::move(withheld)};
}

}  // namespace shomei::status
