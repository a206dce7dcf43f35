// For tests of the module: readers in this process with cards that hold real keys and certificates, which are
// put in, taken out, reset and used by others as the test says.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "card/applet/chip.h"
#include "pkcs11/readers.h"

namespace shomei::pkcs11 {

inline constexpr std::string_view kPin = "4711";
inline constexpr std::string_view kPassword = "QX7ZP2KD";

// An issued card of that kind, with certificates of a SAMPLE holder; keys are made once a process.
card::applet::ChipState issued_card(card::CardKind kind = card::CardKind::standard);
const crypto::PublicKey& public_key_of(card::CardKind card, card::Kind kind);
ByteView certificate_of(card::CardKind card, card::Kind kind);

// What all readers of a test have in common. Every function may be called from several threads.
class TestReaders {
 public:
  // The readers that C_Initialize finds, until this object ends.
  TestReaders();
  ~TestReaders();

  void add_reader(const std::string& name);
  void remove_reader(const std::string& name);
  void insert(const std::string& name, card::applet::ChipState state);
  void take_out(const std::string& name);
  void reset_by_another(const std::string& name);
  // A command of another process.
  Bytes said_by_another(const std::string& name, ByteView command);
  unsigned tries_left(const std::string& name, card::Kind kind);
  // The next command of this instruction is not answered, because the card is taken out in its middle; of
  // those after the next command of another, when that is named.
  void take_out_at_command(const std::string& name, std::uint8_t instruction,
                           std::optional<std::uint8_t> after = {});
  // While it is set, nobody can look what is in the readers: the code of the error.
  void let_looks_fail(std::string_view code);
  // While it is set, who looks sees no reader, and who is connected stays so.
  void hide_readers(bool hidden);
  std::size_t commands(std::uint8_t instruction);  // that reached a card
  std::size_t connections();                       // that are open now
  std::size_t waits();                             // for a change, which have ended

  class Place;  // what a reader is; of the .cc file
  struct World;

 private:
  std::shared_ptr<World> world_;
};

}  // namespace shomei::pkcs11
