// The photo of a person who does not exist: the outline of head and shoulders, and 見本 across it. The same
// for everybody, so that nobody takes it for somebody.
#pragma once

#include "card/images/font.h"
#include "card/images/picture.h"

namespace shomei::card::images {

Picture draw_figure(const Font& font);

}  // namespace shomei::card::images
