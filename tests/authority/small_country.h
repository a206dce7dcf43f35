// A journal over a real store, and certificates issued in it without a counter or a card.
#pragma once

#include "authority/ceremony.h"
#include "authority/change_status.h"
#include "authority/issue.h"
#include "crypto/random.h"
#include "store/sqlite/engine.h"
#include "tests/support/rsa_keys.h"
#include "tests/support/small_authority.h"

namespace shomei::test {

struct Generation {
  std::unique_ptr<crypto::Signer> signer;
  authority::Authority authority;
};

class SmallCountry {
 public:
  SmallCountry()
      : checkpoint_signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        engine_(store::SqliteEngine::open(folder_.path() / "store.sqlite", store::OpenMode::create).value()),
        journal_(*engine_, *checkpoint_signer_, clock_, "country.example") {}

  Generation found(std::uint32_t number) {
    auto signer = crypto::software_signer(rsa_key(keys_used_++));
    const auto record = *authority::found_authority(profile_, pki::CertificateKind::user_authentication,
                                                    number, *signer, journal_);
    auto opened = *authority::Authority::open(record, *signer);
    return {std::move(signer), std::move(opened)};
  }

  authority::LintedCertificate prepare(const Generation& by, const pki::SerialNumber& serial) {
    rules::Facts facts = an_applicant();
    facts.card_valid_until = facts.authority_valid_until = by.authority.last_whole_day();
    return prepare(by, serial, facts);
  }
  authority::LintedCertificate prepare(const Generation& by, const pki::SerialNumber& serial,
                                       const rules::Facts& facts) {
    const auto decision = decide(rules::Verb::issue, facts);
    const authority::Municipality place{"13225", "Tokyo-to", "Inagi-shi"};
    return *authority::prepare(by.authority, profile_, decision,
                               {{"見本", "東京都", pki::GenderDigit::male, *facts.born},
                                place,
                                authority::random_common_name(place)},
                               rsa_key(keys_used_++).public_key(), serial);
  }

  rules::Facts an_applicant() const {
    rules::Facts facts;
    facts.born = *parse_date("1990-01-02");
    facts.status = rules::ResidenceStatus::japanese;
    facts.proofs.add(rules::Proof::document_a);
    facts.at = clock_.now();
    return facts;
  }

  // About the user authentication certificate.
  static rules::Decision decide(rules::Verb verb, const rules::Facts& facts) {
    return rules::decide(rules::current_rule_set(), {verb, rules::Kind::user_authentication, std::nullopt},
                         facts, jst_date(*facts.at));
  }

  // To a resident and a card of their own, so that no two stand in each other's way.
  static authority::Order order() {
    authority::Order order;
    order.act = crypto::ordered_identifier<ActId>();
    order.resident = crypto::random_identifier<ResidentId>();
    order.card = crypto::random_identifier<CardId>();
    order.office = *OfficeId::parse("office-1");
    order.partition = "13225";
    return order;
  }

  Result<journal::CertificateRecord> issue(const Generation& by, const pki::SerialNumber& serial) {
    return authority::issue(prepare(by, serial), by.authority, order(), journal_);
  }

  Result<void> revoke(journal::CertificateRecord record, rules::Reason reason) {
    rules::Facts facts = an_applicant();
    facts.certificates = {
        {rules::Kind::user_authentication, rules::CertificateState::valid, jst_date(record.not_after)}};
    facts.stated_reason = reason;
    return revoke(std::move(record), decide(rules::Verb::revoke, facts));
  }
  Result<void> revoke(journal::CertificateRecord record, const rules::Decision& decision) {
    SHOMEI_TRY(auto transaction, journal_.begin());
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    SHOMEI_CHECK(authority::revoke(transaction, draft, record, decision));
    SHOMEI_CHECK(transaction.append(draft));
    return transaction.commit();
  }

  journal::Journal& journal() { return journal_; }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  SystemClock clock_;
  authority::Profile profile_;
  std::size_t keys_used_ = 0;
  std::unique_ptr<crypto::Signer> checkpoint_signer_;
  std::unique_ptr<store::SqliteEngine> engine_;
  journal::Journal journal_;
};

inline pki::SerialNumber serial(std::string_view hex) {
  return *pki::SerialNumber::parse_hex(hex);
}

}  // namespace shomei::test
