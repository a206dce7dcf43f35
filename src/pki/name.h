// Name: a distinguished name with one attribute in each RDN, the only form that these authorities write
// (jpki-facts 2.1 to 2.3). Compared byte for byte, since every generation of an authority writes it the same
// way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "der/oid.h"
#include "der/reader.h"

namespace shomei::pki {

enum class NameAttribute { country, organization, organizational_unit, locality, common_name };

class Name {
 public:
  // Adds an RDN. Country is a PrintableString, all others are UTF8Strings.
  Name& add(NameAttribute attribute, std::string_view value);

  // Any RFC 5280 Name; kept as its bytes, with the attributes that we know by type. malformed "name_form".
  static Result<Name> take(der::Reader& reader);

  const Bytes& der() const { return der_; }
  // The values of that attribute in order.
  std::vector<std::string> values(NameAttribute attribute) const;
  // "C=JP, O=SHOMEI-DEMO, OU=..." in the order of the encoding.
  std::string text() const;
  bool operator==(const Name& other) const { return der_ == other.der_; }

 private:
  struct Rdn {
    der::Oid type;
    std::string value;
  };
  std::vector<Rdn> rdns_;
  Bytes der_ = {0x30, 0x00};
};

}  // namespace shomei::pki
