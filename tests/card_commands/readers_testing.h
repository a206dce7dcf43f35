// Cards in readers, and the commands that are said to them. For the tests of this folder.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "app/commands.h"
#include "card/applet/chip.h"
#include "card/client/terminal.h"
#include "cli/print.h"
#include "files/file.h"
#include "tests/pkcs11/test_readers.h"
#include "tests/support/pcsc/script.h"

namespace shomei::app {

// A chip in a reader. What `lies` says is the answer; without an answer it is the chip's.
class CardInReader final : public card::Transport, card::applet::ChipStorage {
 public:
  explicit CardInReader(card::applet::ChipState state) : chip_(std::move(state), *this) {}
  Result<Bytes> transmit(ByteView command) override {
    if (auto lie = lies(command)) return *std::move(lie);
    auto answer = chip_.respond(command);
    if (lost_after != 0 && command[1] == lost_after && command.size() > 4) return unavailable("card_gone");
    return answer;
  }
  unsigned tries_left(card::Kind kind) { return chip_.state().tries_left(card::pin_id(kind)); }
  void reset() { chip_.reset(); }

  std::function<std::optional<Bytes>(ByteView command)> lies = [](ByteView) { return std::nullopt; };
  std::uint8_t lost_after = 0;  // an instruction: with data it reaches the chip, and its answer nobody

 private:
  Result<void> save(ByteView) override { return {}; }
  card::applet::Chip chip_;
};

class CardCommands : public ::testing::Test {
 protected:
  CardCommands() {
    script.clear();
    std::string name = (std::filesystem::temp_directory_path() / "shomei-card.XXXXXX").string();
    folder = ::mkdtemp(name.data());
    write("letter", "I move into the house on the hill.\n");
    write("pin", pkcs11::kPin);
    write("wrong", "0000");
    write("new-pin", "8362");
  }
  ~CardCommands() override { std::filesystem::remove_all(folder); }

  CardInReader& insert(const std::string& reader, card::CardKind kind = card::CardKind::standard) {
    auto& card = cards[reader] = std::make_unique<CardInReader>(pkcs11::issued_card(kind));
    script.add_reader(reader);
    script.insert(reader, *card, [&at = *card] { at.reset(); });
    return *card;
  }
  std::string path(const std::string& file) const { return (folder / file).string(); }
  void write(const std::string& file, std::string_view content) const {
    ASSERT_TRUE(files::write_output(path(file), view(content)));
  }

  using Values = std::map<std::string, std::string, std::less<>>;
  Result<cli::Output> run(std::string_view command, Values values,
                          texts::Language language = texts::Language::en) const {
    values.try_emplace("trust", path("trust"));
    for (const auto& one : commands())
      if (one.path == command) return one.run({.language = language, .values = std::move(values)});
    ADD_FAILURE() << "there is no command " << command;
    return internal("pcsc_failed");
  }
  Values signing(const std::string& pin) const {
    return {{"kind", "user_authentication"},
            {"in", path("letter")},
            {"out", path("signature")},
            {"pin", path(pin)},
            {"wait", "1"}};
  }
  Values changing(const std::string& pin) const {
    return {{"kind", "user_authentication"}, {"pin", path(pin)}, {"new-pin", path("new-pin")}};
  }

  card::pcsc::mock::Script& script = card::pcsc::mock::Script::current();
  std::map<std::string, std::unique_ptr<CardInReader>> cards;
  std::filesystem::path folder;
};

inline std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

}  // namespace shomei::app
