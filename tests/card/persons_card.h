// The chip of a person who does not exist, with all files and numbers, in use.
#pragma once

#include "card/applet/chip.h"
#include "card/contents/test_person.h"

namespace shomei::card {

inline applet::ChipState state_of_person(const contents::FaceImages& images = contents::test_images()) {
  applet::ChipState state = applet::ChipState::born();
  state.phase = applet::Phase::operational;
  const auto application_of = [](const Bytes& name) { return find_application(name)->id; };
  const auto files = contents::personal_files(contents::test_person(), images, contents::test_card_keys(),
                                              contents::test_issuer());
  for (const auto& file : files.value())
    state.files[{application_of(file.application), file.file}] = file.content;
  const auto numbers = contents::fixed_pins(contents::test_person());
  for (const auto& fixed : numbers.value()) {
    const auto pin = *find_file(application_of(fixed.application), fixed.file)->pin;
    state.pin(pin) = applet::StoredPin::make(pin, fixed.value.reveal());
  }
  state.pin(PinId::input_helper) = applet::StoredPin::make(PinId::input_helper, view("1234"));
  state.session_key = contents::card_key();
  return state;
}

// Of that person.
inline std::string reference_number_b() {
  return "0706072031" + contents::test_person().security_code;
}

}  // namespace shomei::card
