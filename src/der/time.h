// UTCTime and GeneralizedTime in the forms that RFC 5280 section 4.1.2.5 allows: to the second, with Z.
#pragma once

#include "base/bytes.h"
#include "base/calendar.h"
#include "der/back_writer.h"
#include "der/reader.h"

namespace shomei::der {

// RFC 5280 Time: UTCTime through 2049, GeneralizedTime from 2050 (and before 1950). An instant outside the
// years 0 to 9999 is written as the nearest within them.
Bytes time(Instant at);
// The same without memory of its own: for lists of millions.
struct EncodedTime {
  ByteArray<17> bytes{};
  std::size_t size = 0;
  ByteView view() const { return ByteView(bytes).first(size); }
};
EncodedTime encode_time(Instant at);
Bytes generalized_time(Instant at, Tag tag = kGeneralizedTime);
void generalized_time(BackWriter& to, Instant at, Tag tag = kGeneralizedTime);

Result<Instant> take_time(Reader& reader);
Result<Instant> take_generalized_time(Reader& reader, Tag tag = kGeneralizedTime);

}  // namespace shomei::der
