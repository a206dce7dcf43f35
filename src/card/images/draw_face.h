// All pictures of one card.
#pragma once

#include "base/result.h"
#include "card/contents/personal_files.h"
#include "card/images/font.h"

namespace shomei::card::images {

// What encode_png and encode_jpeg2000 say.
Result<contents::FaceImages> draw_face(const Font& font, const contents::Person& person);

}  // namespace shomei::card::images
