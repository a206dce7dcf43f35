// Dialogue: what is said to the card in one reader: acts of several commands, each in a transaction of its
// own, with the JPKI application selected. It disturbs nobody without need: the application is selected anew
// only when it is not, because that drops the PINs that others have verified.
// Errors: those of card/client/terminal.h and card/pcsc. Not for several threads at once.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "card/client/terminal.h"
#include "pkcs11/readers.h"

namespace shomei::pkcs11 {

class Dialogue {
 public:
  // The readers must live longer.
  Dialogue(Readers& readers, std::string reader) : readers_(readers), reader_(std::move(reader)) {}

  // `act` is a function of (client::Terminal&) to a Result. It may be called a second time, when its first
  // SELECT of a file shows that somebody has selected another application: nothing else was sent then.
  // `certain`: find out before, as for files whose names other applications have too.
  enum class Selection { as_left, certain };
  template <class Act>
  auto run(Selection selection, Act act) -> std::invoke_result_t<Act, card::client::Terminal&>;

  // Within an act or outside: selects the application, which drops every verified PIN.
  Result<void> drop_pins();
  // Does this error of an act say that somebody else has selected another application? Then every PIN is
  // gone.
  bool is_deselected(const Error& error) const;
  // A PIN that was verified in another epoch is not verified any more.
  std::uint64_t epoch() const { return epoch_; }
  card::Transport& transport() { return *link_; }  // within an act

  // Without a word to the card.
  void close();

 private:
  struct Ending {
    Dialogue& dialogue;
    ~Ending() { dialogue.end(); }
  };
  Result<void> begin(Selection selection);
  Result<void> find_application();
  void end() noexcept;
  void note(const Error& error);

  Readers& readers_;
  const std::string reader_;
  std::unique_ptr<CardLink> link_;
  std::optional<card::client::Terminal> terminal_;
  bool selected_ = false;   // as far as is known: by us, or found so
  bool certainly_ = false;  // in this very transaction
  bool in_act_ = false;
  std::uint64_t epoch_ = 1;
};

template <class Act>
auto Dialogue::run(Selection selection, Act act) -> std::invoke_result_t<Act, card::client::Terminal&> {
  if (const auto begun = begin(selection); !begun) {
    note(begun.error());
    return begun.error();
  }
  const Ending ending{*this};
  auto answer = act(*terminal_);
  if (!answer && is_deselected(answer.error())) {
    if (const auto dropped = drop_pins(); !dropped) {
      note(dropped.error());
      return dropped.error();
    }
    answer = act(*terminal_);
  }
  if (!answer) note(answer.error());
  return answer;
}

}  // namespace shomei::pkcs11
