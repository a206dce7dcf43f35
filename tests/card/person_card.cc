// person_card PORT FOLDER: a person's card in the vpcd reader at that port until SIGTERM. FOLDER gets what a
// test of clients must know: files pin, number, number-b, birth-date, and root.der, the key of the root.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "card/images/draw_face.h"
#include "card/vpcd/serve.h"
#include "tests/card/made_card.h"
#include "tests/card/persons_card.h"

namespace {

std::atomic<bool> stop{false};

void write(const std::string& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace

int main(int count, char** arguments) {
  using namespace shomei;
  using namespace shomei::card;
  if (count != 3) return 2;
  std::signal(SIGTERM, [](int) { stop = true; });
  const std::string folder = arguments[2];
  write(folder + "/pin", "1234\n");
  write(folder + "/number", contents::test_person().number + "\n");
  write(folder + "/number-b", reference_number_b() + "\n");
  write(folder + "/birth-date", "070607\n");
  write(folder + "/root.der", to_text(contents::root_key().public_key().spki()));
  const auto font = images::Font::find();
  const auto pictures =
      font ? images::draw_face(*font, contents::test_person()) : Result<contents::FaceImages>(font.error());
  if (!pictures) return 1;
  KeptInMemory storage;
  applet::Chip chip(state_of_person(*pictures), storage);
  vpcd::ReaderOptions options;
  options.port = static_cast<std::uint16_t>(std::atoi(arguments[1]));
  return vpcd::serve_vpcd(chip, options, stop) ? 0 : 1;
}
