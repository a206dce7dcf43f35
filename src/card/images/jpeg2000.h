// JPEG 2000 in its JP2 container (ISO/IEC 15444-1), greyscale: what a card holds the photo as.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/images/picture.h"

namespace shomei::card::images {

// `times_smaller` than a byte a pixel. internal "picture_failed" {what}.
Result<Bytes> encode_jpeg2000(const Picture& picture, float times_smaller);

}  // namespace shomei::card::images
