// What the commands work on, and the types that they share. Of this folder alone.
#pragma once

#include <tl/expected.hpp>

#include <array>
#include <optional>

#include "card/apdu.h"
#include "card/applet/pin_state.h"
#include "card/applet/settings.h"
#include "card/applet/state.h"
#include "card/applet/storage.h"
#include "card/application.h"
#include "card/channel/chip_channel.h"
#include "card/sealing/chip_session.h"

namespace shomei::card::applet {

// A file that comes in blocks, until it is whole.
struct Staging {
  FileName name;
  std::size_t total = 0;
  Bytes content;
};

// Gone with the power.
struct Session {
  std::optional<ApplicationId> application;  // none: nothing was selected since the power came
  const FileEntry* file = nullptr;           // the current elementary file
  std::array<PinState, kPinCount> pins{};
  std::optional<channel::ChipChannel> channel;
  std::optional<Staging> staging;              // of the channel
  std::optional<sealing::ChipSession> sealed;  // of the input helper
  bool sealed_lost = false;                    // there was one, and it failed
};

using channel::OrWord;
using Refusal = tl::unexpected<StatusWord>;

struct Interior {
  ChipState state;
  ChipStorage* storage;
  ChipSettings settings;
  Session session = {};

  // Power on, power off, reset.
  void reset();
  // And drops what was verified.
  void select(ApplicationId application);
  void close_channel();

  // Stores `next` and makes it the state. false: it was not stored, and nothing has changed.
  [[nodiscard]] bool keep(ChipState next);

  PinState pin_state(PinId id) const { return session.pins[index_of(id)]; }
  bool verified(PinId id) const { return pin_state(id) == PinState::verified; }
  // Moves the session's state as the table says. What is stored is its caller's.
  const PinStep& happen(PinId id, PinEvent event);
  bool may_read(const FileEntry& file) const;

  // The application whose files can be reached: not the issuer's domain.
  OrWord<ApplicationId> file_system() const;
  // A file that a terminal cannot tell from one that does not exist.
  bool hidden(const FileEntry& file) const;
  // From 80 | short file identifier; 80 alone is the current file. The file becomes the current one.
  OrWord<const FileEntry*> refer(std::uint8_t reference);
  // The same, for a file of that content: 6981 for any other.
  OrWord<const FileEntry*> refer_to(Content content, std::uint8_t reference);
};

// The bytes of a file that can be read, of the application that is selected.
Bytes content_of(const Interior& chip, const FileEntry& file);
// As the PIN table's answer stands in a status word; `tries` for PinAnswer::tries_left.
StatusWord word_of(const Interior& chip, PinAnswer answer, unsigned tries);

Answer select(Interior& chip, const Command& command);
Answer read_binary(Interior& chip, const Command& command);
Answer read_record(Interior& chip, const Command& command);
Answer get_data(Interior& chip, const Command& command);
Answer verify(Interior& chip, const Command& command);
Answer change_reference_data(Interior& chip, const Command& command);
Answer change_key(Interior& chip, const Command& command);
Answer compute_signature(Interior& chip, const Command& command);
Answer get_challenge(Interior& chip, const Command& command);

// The input helper's sealed session: its key, and a command of class 08 or 0C there.
Answer set_session_key(Interior& chip, const Command& command);
bool is_sealed(const Interior& chip, const Command& command);
Answer carry_out_sealed(Interior& chip, const Command& command);

// The issuer's domain: opening its channel, and a command of class 84 there with its whole answer.
Answer initialize_update(Interior& chip, const Command& command);
Bytes secured(Interior& chip, ByteView raw, const Command& command);

// One DER value that begins 30 82 and ends with the file: what clients need to find its length, and what a
// write that was cut off is not.
bool is_whole_certificate(ByteView file);
// SubjectPublicKeyInfo of a certificate (RFC 5280 4.1); empty when it has none.
Bytes subject_key_of(ByteView certificate);

}  // namespace shomei::card::applet
