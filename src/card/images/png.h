// PNG (ISO/IEC 15948) with one bit a pixel: what is darker than the middle is black.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/images/picture.h"

namespace shomei::card::images {

// internal "picture_failed" {what}.
Result<Bytes> encode_png(const Picture& picture);

}  // namespace shomei::card::images
