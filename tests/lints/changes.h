// Changes: the least ways in which a good certificate can be bad, each with the lints that find it.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "tests/lints/small_lint_country.h"

namespace shomei::test {

struct Change {
  const char* what;
  const char* found;  // every lint that finds it, in the order of the list
  pki::CertificateKind kind;
  std::function<void(Bent&)> bend;
  crypto::KeyType subject_key = crypto::KeyType::rsa_2048;
  crypto::KeyType authority_key = crypto::KeyType::rsa_2048;
};

inline constexpr auto kSignature = pki::CertificateKind::signature;
inline constexpr auto kAuthentication = pki::CertificateKind::user_authentication;

inline Bytes text(std::string_view characters) {
  return to_bytes(characters);
}

std::vector<Change> changes_of_the_bytes();
std::vector<Change> changes_of_the_structure();
std::vector<Change> changes_of_the_head();
std::vector<Change> changes_of_the_validity();
std::vector<Change> changes_of_the_subject();
std::vector<Change> changes_of_the_key();
std::vector<Change> changes_of_what_is_known();
std::vector<Change> changes_of_the_extensions();
std::vector<Change> changes_of_the_purposes();
std::vector<Change> changes_of_the_addresses();
std::vector<Change> changes_of_the_identifiers();
std::vector<Change> changes_of_the_attributes();

}  // namespace shomei::test
