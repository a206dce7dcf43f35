// What the commands work on, and the types that they share. Of this folder alone.
#pragma once

#include <tl/expected.hpp>

#include <array>

#include "card/apdu.h"
#include "card/applet/settings.h"
#include "card/applet/state.h"
#include "card/applet/storage.h"
#include "card/jpki_files.h"

namespace shomei::card::applet {

// Gone with the power.
struct Session {
  bool application_selected = false;
  const FileEntry* file = nullptr;  // the current elementary file
  std::array<bool, kKinds.size()> verified{};
};

// The value, or the status word to answer.
template <class T>
using OrWord = tl::expected<T, StatusWord>;
using Refusal = tl::unexpected<StatusWord>;

struct Interior {
  ChipState state;
  ChipStorage* storage;
  ChipSettings settings;
  Session session = {};

  // Stores `next` and makes it the state. false: it was not stored, and nothing has changed.
  [[nodiscard]] bool keep(ChipState next);

  bool verified(Kind kind) const { return session.verified[index_of(kind)]; }
  void set_verified(Kind kind, bool value) { session.verified[index_of(kind)] = value; }

  // A file that a terminal cannot tell from one that does not exist.
  bool hidden(const FileEntry& file) const;
  // From 80 | short file identifier; 80 alone is the current file. The file becomes the current one.
  OrWord<const FileEntry*> refer(std::uint8_t reference);
  // The same, for a file of that content: 6981 for any other.
  OrWord<Kind> refer_to(Content content, std::uint8_t reference);
};

// The bytes of a file that can be read.
Bytes content_of(const Interior& chip, const FileEntry& file);

Answer select(Interior& chip, const Command& command);
Answer read_binary(Interior& chip, const Command& command);
Answer verify(Interior& chip, const Command& command);
Answer change_reference_data(Interior& chip, const Command& command);
Answer compute_signature(Interior& chip, const Command& command);
Answer get_challenge(Interior& chip, const Command& command);

Answer set_pin(Interior& chip, const Command& command);
Answer generate_key_pair(Interior& chip, const Command& command);
Answer write_file(Interior& chip, const Command& command);
Answer set_availability(Interior& chip, const Command& command);
Answer finish_personalisation(Interior& chip, const Command& command);

// One DER value that begins 30 82 and ends with the file: what clients need to find its length, and what a
// write that was cut off is not.
bool is_whole_certificate(ByteView file);

}  // namespace shomei::card::applet
