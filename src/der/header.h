// Tag and length of a value whose content is elsewhere, or not known yet.
#pragma once

#include "base/bytes.h"
#include "der/tag.h"

namespace shomei::der {

Bytes header(Tag tag, std::size_t content_bytes);

}  // namespace shomei::der
