// The pictures of one card.
#pragma once

#include "base/result.h"
#include "card/contents/personal_files.h"
#include "card/images/font.h"

namespace shomei::card::images {

// All of them. What encode_png and encode_jpeg2000 say.
Result<contents::FaceImages> draw_face(const Font& font, const contents::Person& person);

// All but the photo; and the photo, which is the same for everybody.
Result<contents::FaceImages> draw_texts(const Font& font, const contents::Person& person);
Result<Bytes> draw_photo(const Font& font);

}  // namespace shomei::card::images
