#include "status/snapshot.h"

#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "status/test_hierarchy.h"

namespace shomei::status {
namespace {

constexpr std::string_view kOrigin = "snapshot.example/journal";

const TestAuthority& authority() {
  static const TestAuthority one("signatures");
  return one;
}
crypto::Signer& signer() {
  static const auto one = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  return *one;
}
journal::VerifierKey key_of(const crypto::Signer& of, std::string_view name = kOrigin) {
  return *journal::parse_verifier_key(journal::encode_verifier_key(name, of.public_key()));
}

Position position_of(std::uint64_t size) {
  journal::TreeHasher tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.add(journal::leaf_hash(view(std::to_string(i))));
  const auto note =
      journal::sign_checkpoint({.origin = std::string(kOrigin), .size = size, .root = tree.root()}, signer());
  return {size, tree.peaks(), *note};
}

pki::SerialNumber number(unsigned n) {
  return *pki::SerialNumber::of_magnitude(
      Bytes{1, 2, static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)});
}

const Instant kLast = instant("2031-11-22T14:59:59Z");
const Instant kDay = instant("2026-12-01T00:00:00Z");

void fill(StatusList& list) {
  ASSERT_TRUE(list.add_authority("signature-1", authority().certificate_der()));
  for (unsigned n = 0; n < 200; ++n)
    ASSERT_TRUE(
        list.issued("signature-1", number(n), kLast + std::chrono::days(n % 7), n % 2 ? "13225" : "14104"));
  ASSERT_TRUE(list.issued("signature-1", serial("0A"), kLast, "13225"));
  ASSERT_TRUE(list.revoked("signature-1", number(5), kDay, pki::RevocationReason::key_compromise));
  ASSERT_TRUE(list.suspended("signature-1", number(6), kDay));
}

Bytes file_of(StatusList& list) {
  Bytes file;
  const Snapshot snapshot{list.contents(), position_of(77), kDay};
  EXPECT_TRUE(write_snapshot(snapshot, kOrigin, signer(), [&](ByteView piece) -> Result<void> {
    append(file, piece);
    return {};
  }));
  return file;
}

Result<Snapshot> open(Bytes file, const journal::VerifierKey& key) {
  const auto owner = std::make_shared<const Bytes>(std::move(file));
  return open_snapshot(*owner, owner, key);
}

TEST(Snapshot, AListGoesOnFromWhereItWasWritten) {
  StatusList list;
  fill(list);
  const auto snapshot = open(file_of(list), key_of(signer()));
  ASSERT_TRUE(snapshot) << snapshot.error().code << snapshot.error().parameter("what");
  EXPECT_EQ(snapshot->made_at, kDay);
  EXPECT_EQ(snapshot->position.size, 77U);
  EXPECT_EQ(snapshot->position.peaks, position_of(77).peaks);
  StatusList again;
  ASSERT_TRUE(again.take(snapshot->contents));
  EXPECT_EQ(again.size(), 201U);
  const auto& known = *again.find_authority("signature-1");
  for (unsigned n = 0; n < 200; ++n)
    EXPECT_EQ(again.find(known, number(n)), list.find(*list.find_authority("signature-1"), number(n)));
  EXPECT_EQ(again.find(known, number(5))->state, State::revoked);
  EXPECT_EQ(again.find(known, number(6))->reason, pki::RevocationReason::certificate_hold);
  EXPECT_EQ(again.find(known, serial("0A"))->not_after, kLast);
  EXPECT_FALSE(again.find(known, number(200)));
  ASSERT_TRUE(again.restored("signature-1", number(6)));
  ASSERT_TRUE(again.issued("signature-1", number(200), kLast + std::chrono::days(400), "99999"));
  EXPECT_EQ(again.issued("signature-1", number(3), kLast).error().code, "status_serial_taken");
  EXPECT_EQ(again.find(known, number(6))->state, State::valid);
  EXPECT_TRUE(open(file_of(again), key_of(signer())));
}

TEST(Snapshot, AnEmptyListHasOneToo) {
  StatusList list;
  const auto snapshot = open(file_of(list), key_of(signer()));
  ASSERT_TRUE(snapshot);
  StatusList again;
  ASSERT_TRUE(again.take(snapshot->contents));
  EXPECT_EQ(again.size(), 0U);
}

TEST(Snapshot, CutAtAnyByteItIsRefused) {
  StatusList list;
  fill(list);
  const Bytes file = file_of(list);
  const auto key = key_of(signer());
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_FALSE(open(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)), key)) << size;
}

TEST(Snapshot, WithABentByteItIsRefused) {
  StatusList list;
  fill(list);
  const Bytes file = file_of(list);
  const auto key = key_of(signer());
  for (std::size_t at = 0; at < file.size(); ++at) {
    Bytes bent = file;
    bent[at] ^= 0x01;
    EXPECT_FALSE(open(std::move(bent), key)) << at;
  }
}

// Nobody's word is taken before it is looked at: without the signature too nothing is read out of bounds.
TEST(Snapshot, BentBytesBehindAGoodSignatureAreHarmless) {
  StatusList list;
  fill(list);
  const Bytes file = file_of(list);
  for (std::size_t at = 0; at < file.size(); ++at) {
    const auto bent = std::make_shared<Bytes>(file);
    (*bent)[at] ^= 0xFF;
    const auto snapshot = parse_snapshot(*bent, bent);
    if (!snapshot) continue;
    StatusList other;
    if (!other.take(snapshot->contents)) continue;
    (void)other.find(*other.authorities().at(0), number(5));
  }
}

TEST(Snapshot, AnotherKeyOrAnotherJournalIsNotBelieved) {
  StatusList list;
  fill(list);
  const Bytes file = file_of(list);
  const auto stranger = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  EXPECT_FALSE(open(file, key_of(*stranger)));
  EXPECT_FALSE(open(file, key_of(signer(), "other.example/journal")));
}

// The signature is of a name of its own, so that it never passes for a checkpoint, and a checkpoint never for
// it.
TEST(Snapshot, ACheckpointDoesNotSignIt) {
  StatusList list;
  fill(list);
  Bytes file = file_of(list);
  const std::string note = position_of(77).checkpoint;
  const std::string text = to_text(file);
  const auto begin = text.rfind(std::string(kOrigin) + "/status-snapshot\n");
  ASSERT_NE(begin, std::string::npos);
  EXPECT_FALSE(journal::open_checkpoint(text.substr(begin), key_of(signer())));
  file.resize(begin);
  append(file, view(note));
  EXPECT_FALSE(open(std::move(file), key_of(signer())));
}

}  // namespace
}  // namespace shomei::status
