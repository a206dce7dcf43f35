#include "counter/card_contents.h"

#include <algorithm>

#include "card/application.h"
#include "crypto/digest.h"

namespace shomei::counter {
namespace {

bool has_file(const issuer::CardStatus& status, const issuer::FileContent& file) {
  const auto found = status.files.find({file.application, file.file});
  return found != status.files.end() && found->second == crypto::sha256(file.content);
}

bool has_pin(const issuer::CardStatus& status, const issuer::FixedPin& pin) {
  const auto* entry = card::find_file(pin.application, pin.file);
  return entry != nullptr && entry->pin && status.pins.contains(*entry->pin);
}

}  // namespace

issuer::Script bring_contents(const CardContents& contents, const issuer::CardStatus& status,
                              issuer::Next then) {
  std::vector<issuer::FileContent> files;
  std::ranges::copy_if(contents.files, std::back_inserter(files),
                       [&](const auto& file) { return !has_file(status, file); });
  const bool has_pins =
      std::ranges::all_of(contents.pins, [&](const auto& pin) { return has_pin(status, pin); });
  if (files.empty() && has_pins) return {{}, [then](const issuer::Answers&) { return then(); }};
  // The PINs first: a file that is there says that they are.
  return issuer::set_fixed_pins(
      contents.pins, [files, then]() -> Result<issuer::Script> { return issuer::write_files(files, then); });
}

}  // namespace shomei::counter
