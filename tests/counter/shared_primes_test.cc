// Keys with a prime in common, planted among others: found, blocked, remembered.
#include "counter/shared_primes.h"

#include <gmock/gmock.h>
#include <gmpxx.h>

#include "der/writer.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;

mpz_class prime(unsigned long seed) {
  gmp_randclass random(gmp_randinit_default);
  random.seed(seed);
  mpz_class p = random.get_z_bits(1024);
  mpz_setbit(p.get_mpz_t(), 1023);
  mpz_setbit(p.get_mpz_t(), 1022);
  mpz_nextprime(p.get_mpz_t(), p.get_mpz_t());
  return p;
}

Bytes bytes_of(const mpz_class& n) {
  Bytes bytes((mpz_sizeinbase(n.get_mpz_t(), 2) + 7) / 8);
  mpz_export(bytes.data(), nullptr, 1, 1, 1, 0, n.get_mpz_t());
  return bytes;
}

crypto::PublicKey key_of(const mpz_class& modulus) {
  const Bytes numbers = der::sequence(
      {der::integer_of_magnitude(bytes_of(modulus)), der::integer_of_magnitude(Bytes{1, 0, 1})});
  return *crypto::PublicKey::parse(der::sequence(
      {der::sequence({der::oid(der::Oid("1.2.840.113549.1.1.1")), der::null()}), der::bit_string(numbers)}));
}

class SharedPrimesOfAnOffice : public SmallOffice {
 protected:
  // The whole way but for the card, which would not make such a key.
  Result<journal::CertificateRecord> certify_key(const std::string& resident, const crypto::PublicKey& key) {
    const auto grants = *counter::decide_issue(parts(), request(take_in(resident), kSignature));
    const auto& r = grants.holder().resident;
    const auto place = *directory_.municipality(r.municipality);
    const authority::Subject subject{
        {r.name, r.address, pki::GenderDigit::female, r.born}, place, authority::random_common_name(place)};
    auto& generation = this->generation(CertificateKind::signature);
    const auto factors = *counter::found_factors(*rows());
    const authority::KnownKeys known{.authorities = {}, .shared = &factors};
    SHOMEI_TRY(auto linted,
               authority::prepare(generation.authority, authority::Profile{}, grants.all().at(0).decision,
                                  subject, key, authority::random_serial(), known));
    SHOMEI_TRY(auto record,
               authority::issue(std::move(linted), generation.authority, order(grants), journal_));
    EXPECT_TRUE(authority::confirm_delivery(record, counter::officer_fields("issue", officer()), journal_));
    return record;
  }
  const mpz_class shared_ = prime(1);
};

TEST_F(SharedPrimesOfAnOffice, ThePlantedPairIsFoundBlockedRevokedAndRemembered) {
  const auto one = *certify_key("planted-1", key_of(shared_ * prime(2)));
  for (int i = 0; i < 3; ++i) certify(take_in("honest-" + std::to_string(i)), CertificateKind::signature);
  const auto two = *certify_key("planted-2", key_of(shared_ * prime(3)));
  certify(take_in("honest-9"), CertificateKind::user_authentication);

  const auto count = entries();
  const auto found = *counter::look_for_shared_primes(parts(), {.block = 2});
  EXPECT_EQ(entries(), count) << "looking writes nothing";
  EXPECT_EQ(found.looked_at, 6U);
  EXPECT_EQ(found.primes, (std::vector<std::vector<std::size_t>>{{0, 1}}));
  ASSERT_EQ(found.keys.size(), 2U);
  EXPECT_EQ(found.keys[0].key, one.key);
  EXPECT_EQ(found.keys[1].key, two.key);
  EXPECT_THAT(found.keys[0].factors, testing::ElementsAre(bytes_of(shared_), bytes_of(prime(2))));

  for (const auto& key : found.keys) {
    const auto done = counter::block_sharing_key(parts(), officer(), key, true);
    ASSERT_TRUE(done) << done.error().code;
    EXPECT_FALSE(done->blocked_before);
    EXPECT_EQ(done->refusal, "");
    EXPECT_EQ(done->state.certificates.at(0).reason, RevocationReason::key_compromise);
  }
  const auto factors = *counter::found_factors(*rows());
  EXPECT_EQ(factors.size(), 3U) << "the shared one, and the other one of each";
  for (const auto& p : {shared_, prime(2), prime(3)}) EXPECT_TRUE(factors.divide(bytes_of(p * prime(4))));

  const auto again = certify_key("later-01", key_of(prime(3) * prime(5)));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().parameter("lints"), "rsa_shared_prime");
  const auto before = entries();
  const auto second = *counter::block_sharing_key(parts(), officer(), found.keys[0], true);
  EXPECT_TRUE(second.blocked_before);
  EXPECT_EQ(entries(), before) << "once is enough";
}

TEST_F(SharedPrimesOfAnOffice, WhereTheRulesDoNotRevokeTheKeyIsBlockedAllTheSame) {
  const auto one = *certify_key("planted-1", key_of(shared_ * prime(2)));
  certify_key("planted-2", key_of(shared_ * prime(3))).value();
  const auto found = *counter::look_for_shared_primes(parts(), {});
  const auto done = counter::block_sharing_key(parts(), officer("kiosk-at-a-shop"), found.keys[0], true);
  ASSERT_TRUE(done) << done.error().code;
  EXPECT_EQ(done->refusal, "office_not_competent");
  EXPECT_EQ(certificate(one.serial).state, CertificateState::valid);
  EXPECT_TRUE(counter::find_blocked(*rows(), one.key));
}

TEST_F(SharedPrimesOfAnOffice, AmongHonestKeysNothingIsFound) {
  for (int i = 0; i < 3; ++i) certify(take_in("honest-" + std::to_string(i)), CertificateKind::signature);
  const auto found = *counter::look_for_shared_primes(parts(), {});
  EXPECT_EQ(found.looked_at, 3U);
  EXPECT_TRUE(found.primes.empty());
  EXPECT_TRUE(found.keys.empty());
  EXPECT_EQ(counter::found_factors(*rows())->size(), 0U);
}

}  // namespace
}  // namespace shomei::test
