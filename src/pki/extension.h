// Certificate extensions, each made by one function in exactly the form of jpki-facts 2.1 to 2.4.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "der/oid.h"
#include "der/reader.h"
#include "pki/name.h"
#include "pki/serial_number.h"

namespace shomei::pki {

struct Extension {
  der::Oid id;
  bool critical = false;
  Bytes value;  // what the OCTET STRING holds
};

Bytes encode_extension(const Extension& extension);
Result<Extension> take_extension(der::Reader& reader);

namespace extension_id {
const der::Oid& key_usage();
const der::Oid& extended_key_usage();
const der::Oid& certificate_policies();
const der::Oid& subject_alt_name();
const der::Oid& issuer_alt_name();
const der::Oid& basic_constraints();
const der::Oid& crl_distribution_points();
const der::Oid& authority_info_access();
const der::Oid& authority_key_identifier();
const der::Oid& subject_key_identifier();
const der::Oid& ocsp_no_check();
}  // namespace extension_id

// The bits of RFC 5280 4.2.1.3 that are used here.
enum class KeyUsage : unsigned {
  digital_signature = 0,
  non_repudiation = 1,
  key_cert_sign = 5,
  crl_sign = 6
};

Extension key_usage(std::initializer_list<KeyUsage> uses);                       // critical
Extension extended_key_usage(const der::Oid& purpose);                           // one purpose, not critical
const der::Oid& client_auth_purpose();                                           // 1.3.6.1.5.5.7.3.2
const der::Oid& ocsp_signing_purpose();                                          // 1.3.6.1.5.5.7.3.9
Extension certificate_policy(const der::Oid& policy, std::string_view cps_uri);  // critical
Extension basic_constraints_of_authority();  // critical, CA:TRUE, no path length
Extension subject_alt_directory_name(const Name& name);
Extension issuer_alt_directory_name(const Name& name);
Extension crl_distribution_point(const Name& directory_name);
Extension ocsp_access(std::string_view url);
// keyIdentifier, authorityCertIssuer and authorityCertSerialNumber (jpki-facts 2.2, number 7).
Extension authority_key_identifier(const crypto::PublicKey& key, const Name& issuer_of_authority,
                                   const SerialNumber& serial_of_authority);
Extension subject_key_identifier(const crypto::PublicKey& key);
Extension ocsp_no_check();  // RFC 6960 4.2.2.2.1
// otherName members of a subjectAltName: each an object identifier with a UTF8String.
struct OtherName {
  der::Oid type;
  std::string value;
};
Extension subject_alt_other_names(const std::vector<OtherName>& names);
Result<std::vector<OtherName>> parse_other_names(ByteView value);  // members of other kinds are skipped

}  // namespace shomei::pki
