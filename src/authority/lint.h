// Lints: what must hold of a certificate before a key may sign it. One rule is one file, lints/<id>.cc, and
// one line of the list in lints/all_lints.cc. Each looks at the bytes that a verifier will read, taken apart
// once (lints/reading.h), and none stops the others; any finding stops the issue. docs/lints.md shows them
// all.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "authority/authority.h"
#include "authority/profile.h"
#include "crypto/key_list.h"
#include "crypto/shared_factors.h"
#include "rules/decide.h"

namespace shomei::authority {

// What is known of other keys. Borrowed, and may be empty.
struct KnownKeys {
  // Of every generation of every authority: their own, those for lists, the responders'.
  std::span<const crypto::PublicKey> authorities;
  const crypto::SharedFactors* shared = nullptr;  // of moduli that were found to have them in common
  std::span<const crypto::KeyList> lists = {};    // keys that are known to be bad
};

// All borrowed.
struct LintInput {
  const pki::TbsCertificate& tbs;  // what `der` parses to
  ByteView der;                    // the very bytes that would be signed
  const Authority& authority;
  const Profile& profile;
  const rules::Decision& decision;
  const Municipality& place;
  KnownKeys known = {};
};

namespace lints {
class Reading;
}

struct Lint {
  // The certificates that it is about; it is not asked of others.
  enum class About { every, signature, user_authentication, rsa_key, ec_key };

  std::string_view id;
  std::string_view citation;
  About about = About::every;
  std::string_view demand;  // what must hold, as a sentence without an end
  std::string_view demand_ja;
  bool (*holds)(const lints::Reading&);
};

// In the order of the list; empty when the certificate may be signed.
std::vector<const Lint*> lint(const LintInput& input);

std::span<const Lint* const> all_lints();

// What needs the store is asked in the transaction that takes the serial number, and by nothing here.
struct StoreQuestion {
  std::string_view error;  // what issue() answers when it does not hold
  std::string_view citation;
  std::string_view demand;
  std::string_view demand_ja;
};
std::span<const StoreQuestion> asked_in_the_transaction();

}  // namespace shomei::authority
