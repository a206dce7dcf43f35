#include "card/contents/common_record.h"

#include "card/contents/digits.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kRecord = 0x01;
constexpr std::size_t kDayDigits = 8;

}  // namespace

Bytes encode_common_record(const CommonRecord& record) {
  return encode_object(kRecord, view(record.serial + record.municipality + record.valid_until));
}

Result<CommonRecord> parse_common_record(ByteView record) {
  SHOMEI_TRY(const auto object, parse_file(record, kRecord));
  SHOMEI_TRY(const auto text, parse_digits(object.value, kSerialDigits + kMunicipalityDigits + kDayDigits));
  return CommonRecord{text.substr(0, kSerialDigits), text.substr(kSerialDigits, kMunicipalityDigits),
                      text.substr(kSerialDigits + kMunicipalityDigits)};
}

}  // namespace shomei::card::contents
