#include "card/applet/interior.h"
#include "der/reader.h"

namespace shomei::card::applet {

bool is_whole_certificate(ByteView file) {
  return file.size() > 4 && file[0] == der::kSequence && file[1] == 0x82 &&
         der::parse_single(file).has_value();
}

}  // namespace shomei::card::applet
