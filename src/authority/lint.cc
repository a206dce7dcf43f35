#include "authority/lint.h"

#include <array>

#include "authority/lints/reading.h"

namespace shomei::authority {
namespace {

bool is_about(const Lint& lint, const lints::Reading& reading) {
  switch (lint.about) {
    case Lint::About::every:
      return true;
    case Lint::About::signature:
      return reading.is_signature();
    case Lint::About::user_authentication:
      return !reading.is_signature();
    case Lint::About::rsa_key:
      return reading.has_rsa_key();
    case Lint::About::ec_key:
      return reading.has_ec_key();
  }
  return true;
}

constexpr std::array kAsked{
    StoreQuestion{"serial_used", "RFC 5280 4.1.2.2",
                  "no certificate of this issuer name has the serial number, whatever the generation",
                  "同じ発行者名の証明書に、世代を問わず同じ発行番号がない"},
    StoreQuestion{"issue_under_way", "seed: one certificate of a kind",
                  "the card has no other certificate of the kind that would stay in force",
                  "カードに有効なまま残る同じ種類の証明書がない"},
    StoreQuestion{"key_blocked", "CA/Browser Forum BR 6.1.1.3",
                  "the key is not on the list of keys that are known to be compromised or weak",
                  "鍵が、危殆化した、または弱いと知られている鍵の一覧にない"},
    StoreQuestion{"key_used", "CA/Browser Forum BR 6.1.1.3", "the key has not been certified before",
                  "鍵に以前証明書が発行されていない"},
};

}  // namespace

std::vector<const Lint*> lint(const LintInput& input) {
  const lints::Reading reading(input);
  std::vector<const Lint*> findings;
  for (const Lint* one : all_lints())
    if (is_about(*one, reading) && !one->holds(reading)) findings.push_back(one);
  return findings;
}

std::span<const StoreQuestion> asked_in_the_transaction() {
  return kAsked;
}

}  // namespace shomei::authority
