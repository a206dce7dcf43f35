#include "counter/card_contents.h"

#include <algorithm>

#include "card/application.h"
#include "crypto/digest.h"

namespace shomei::counter {
namespace {

using Number = CardContents::Number;

bool has_file(const issuer::CardStatus& status, const issuer::FileContent& file) {
  const auto found = status.files.find({file.application, file.file});
  return found != status.files.end() && found->second == crypto::sha256(file.content);
}

std::optional<card::PinId> pin_of(const Number& number) {
  const auto* entry = card::find_file(number.pin.application, number.pin.file);
  return entry ? entry->pin : std::nullopt;
}

// `files`: those that the card has not as they are to be.
bool has_number(const issuer::CardStatus& status, const Number& number,
                const std::vector<issuer::FileContent>& files) {
  const auto pin = pin_of(number);
  const auto is_of_number = [&](const issuer::FileContent& file) {
    return std::ranges::count(number.made_of, FileName{file.application, file.file}) > 0;
  };
  return pin && status.pins.contains(*pin) && std::ranges::none_of(files, is_of_number);
}

std::vector<issuer::FixedPin> pins_where(const CardContents& contents, const auto& wanted) {
  std::vector<issuer::FixedPin> pins;
  for (const auto& number : contents.numbers)
    if (wanted(number)) pins.push_back(number.pin);
  return pins;
}

}  // namespace

issuer::Script bring_contents(const CardContents& contents, const issuer::CardStatus& status,
                              issuer::Next then) {
  std::vector<issuer::FileContent> files;
  std::ranges::copy_if(contents.files, std::back_inserter(files),
                       [&](const auto& file) { return !has_file(status, file); });
  const auto pins =
      pins_where(contents, [&](const Number& number) { return !has_number(status, number, files); });
  if (files.empty() && pins.empty()) return {{}, [then](const issuer::Answers&) { return then(); }};
  // The PINs first: a file that is there says that they are.
  return issuer::set_fixed_pins(
      pins, [files, then]() -> Result<issuer::Script> { return issuer::write_files(files, then); });
}

std::vector<card::PinId> blocked_numbers(const issuer::CardStatus& status) {
  std::vector<card::PinId> blocked;
  for (const auto& [pin, stands] : status.pins)
    if (stands.tries_left == 0 && card::entry_of(pin).change == card::HolderChange::never)
      blocked.push_back(pin);
  return blocked;
}

issuer::Script set_numbers(const CardContents& contents, const std::vector<card::PinId>& which,
                           issuer::Next then) {
  const auto pins = pins_where(contents, [&](const Number& number) {
    const auto pin = pin_of(number);
    return pin && std::ranges::count(which, *pin) > 0;
  });
  return issuer::set_fixed_pins(pins, std::move(then));
}

}  // namespace shomei::counter
