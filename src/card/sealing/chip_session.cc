#include "card/sealing/chip_session.h"

#include "card/instruction.h"

namespace shomei::card::sealing {

std::optional<OpenedCommand> ChipSession::open(const Command& sealed) {
  OpenedCommand opened{.header = sealed};
  opened.header.cla = kIsoClass;
  opened.header.data = {};
  opened.header.le.reset();
  if (sealed.ins == ins::kReadBinary) {
    const auto asked = parse_asked_length(sealed.data);
    if (!asked) return std::nullopt;
    opened.header.le = *asked == 0 ? kExtendedAnswerMax : *asked;
  } else {
    auto plain = seal_.open(counter_ + 1, sealed.data);
    if (!plain) return std::nullopt;
    opened.data = std::move(*plain);
  }
  ++counter_;
  return opened;
}

Answer ChipSession::seal(const Answer& answer) const {
  if (answer.word != sw::kDone || answer.data.empty()) return answer;
  return Answer(seal_.seal(counter_, answer.data));
}

}  // namespace shomei::card::sealing
