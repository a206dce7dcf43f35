// The personal attributes of a signature certificate: six otherNames of the subjectAltName in the order 1, 4,
// 3, 5, 2, 6 (jpki-facts 2.4).
#pragma once

#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "pki/extension.h"
#include "pki/jis.h"

namespace shomei::pki {

enum class GenderDigit : char { male = '1', female = '2', unknown = '3' };

struct BasicAttributes {
  std::string name;
  std::string address;
  GenderDigit gender = GenderDigit::unknown;
  Date born;
};

// "419900102": the digit of the era (1 Meiji ... 5 Reiwa, 0 for a day before Meiji), then the Gregorian day.
std::string encode_birth_date(Date born);

// The address in full-width digits and hyphens; characters outside JIS substituted and flagged. malformed
// "attribute_too_long": the name over 100 or the address over 200 characters.
Result<std::vector<OtherName>> personal_other_names(const BasicAttributes& attributes,
                                                    char32_t substitute_character);

// The value of attribute 1 to 6 (the last arc of its identifier) among other names; "" when it is not there.
std::string personal_attribute(const std::vector<OtherName>& names, int number);

}  // namespace shomei::pki
