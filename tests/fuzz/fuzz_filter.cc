// Revocation filters and deltas from anywhere: nothing that the key did not sign opens. What the key signed,
// whatever it is, is read within its bytes, answers, and is written again as it stands there.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "crypto/private_key.h"
#include "filter/filter.h"

using namespace shomei;

namespace {

struct SigningJournal {
  std::unique_ptr<crypto::Signer> signer =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  journal::VerifierKey key =
      *journal::parse_verifier_key(journal::encode_verifier_key("signed.example", signer->public_key()));
  filter::Standing standing =
      *filter::standing_of(*journal::sign_checkpoint({"signed.example", 7, {}}, *signer), {}, key);
};

void ask(const filter::Filter& filter) {
  const auto serial = *pki::SerialNumber::parse_hex("4DC0FFEE");
  for (const auto& authority : filter.authorities())
    SHOMEI_INVARIANT(filter.answer(authority.issuer, serial) != filter::Answer::authority_not_covered);
}

void look_at_filter(const SigningJournal& journal, ByteView content) {
  const auto file = *filter::seal(filter::FileKind::filter, journal.standing, content, *journal.signer);
  const auto opened = filter::Filter::open(file, journal.key);
  if (!opened) return;
  ask(*opened);
  SHOMEI_INVARIANT(equal(filter::encode_sections(opened->salt(), opened->sections()), content));
}

void look_at_delta(const SigningJournal& journal, ByteView content) {
  const auto file = *filter::seal(filter::FileKind::delta, journal.standing, content, *journal.signer);
  const auto opened = filter::Delta::open(file, journal.key);
  if (!opened) return;
  const auto& d = *opened;
  const auto again = filter::encode_delta(
      {d.base(), d.base_size(), d.key_bytes(), d.authorities(), d.counts(), d.changes()});
  SHOMEI_INVARIANT(equal(again, content));
  for (std::size_t i = 0; i < d.authorities().size(); ++i) static_cast<void>(d.answer(i, {1, 2}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SigningJournal journal;
  const ByteView bytes(data, size);
  SHOMEI_INVARIANT(!filter::Filter::open(bytes, journal.key));
  SHOMEI_INVARIANT(!filter::Delta::open(bytes, journal.key));
  look_at_filter(journal, bytes);
  look_at_delta(journal, bytes);
  return 0;
}
