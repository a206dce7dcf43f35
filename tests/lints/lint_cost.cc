// lint_cost [SECONDS]: what the lints cost a certificate, each key type and kind on one core, and what known
// moduli add. Prints microseconds: the median, lowest and highest of twenty batches.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/lints/small_lint_country.h"

namespace shomei::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kBatches = 20;
constexpr std::size_t kListed = 300'000;  // of Debian's there are about as many of each length
constexpr std::size_t kFactors = 10;

template <class Act>
void measure(const std::string& name, double seconds, Act act) {
  std::vector<double> batches;
  for (int i = 0; i < kBatches; ++i) {
    const auto begin = Clock::now();
    std::size_t count = 0;
    double passed = 0;
    for (; passed < seconds / kBatches; passed = std::chrono::duration<double>(Clock::now() - begin).count())
      for (int k = 0; k < 100; ++k, ++count) act();
    batches.push_back(passed / static_cast<double>(count) * 1e6);
  }
  std::ranges::sort(batches);
  std::printf("%-44s median %6.2f us, %6.2f to %6.2f\n", name.c_str(), batches[kBatches / 2], batches.front(),
              batches.back());
}

Bytes modulus_of(const crypto::PublicKey& key) {
  auto members = *der::enter_single(key.key_bits());
  return to_bytes(*members.take_magnitude());
}

void measure_lints(pki::CertificateKind kind, crypto::KeyType type, double seconds) {
  const LintCountry country(kind, type, type);
  const auto decision = country.decide();
  const auto linted = *country.prepare(decision);
  authority::LintInput input{linted.tbs(),    linted.tbs_der(), *country.authority,
                             country.profile, decision,         country.subject.municipality};
  const std::string name = std::string(pki::name(kind)) + " " + std::string(crypto::name(type));
  const auto lint = [&] {
    if (!authority::lint(input).empty()) std::abort();
  };
  measure(name, seconds, lint);
  if (type != crypto::KeyType::rsa_2048 || kind != pki::CertificateKind::signature) return;
  const auto list_of = [](crypto::KeyDigest digest) {
    std::vector<Bytes> digests;
    for (std::size_t i = 0; i < kListed; ++i) {
      const auto one = crypto::sha256(view(std::to_string(i)));
      digests.push_back(to_bytes(ByteView(one).first(crypto::length_of(digest))));
    }
    return crypto::encode_key_list(digest, std::move(digests));
  };
  const Bytes bad = list_of(crypto::KeyDigest::spki_sha256),
              weak = list_of(crypto::KeyDigest::debian_modulus);
  const std::vector one_list{*crypto::KeyList::parse(bad)};
  const std::vector two_lists{*crypto::KeyList::parse(bad), *crypto::KeyList::parse(weak)};
  const std::vector own(12, country.signer->public_key());
  input.known.authorities = own;
  measure(name + ", beside 12 keys of authorities", seconds, lint);
  input.known.lists = one_list;
  measure(name + ", and a list of bad keys", seconds, lint);
  input.known.lists = two_lists;
  measure(name + ", and one of Debian's", seconds, lint);
  input.known.lists = {};
  crypto::SharedFactors shared;
  input.known.shared = &shared;
  measure(name + ", no shared factors", seconds, lint);
  for (std::size_t i = 0; i < kFactors; ++i) {
    Bytes factor = modulus_of(crypto::PrivateKey::generate(type).public_key());
    factor.resize(factor.size() / 2);
    factor.back() |= 1;
    shared.add(factor);
  }
  measure(name + ", ten shared factors", seconds, lint);
}

}  // namespace
}  // namespace shomei::test

int main(int count, char** words) {
  const double seconds = count > 1 ? std::atof(words[1]) : 1;
  for (auto kind : shomei::test::kKinds)
    for (auto type : shomei::test::kKeyTypes) shomei::test::measure_lints(kind, type, seconds);
}
