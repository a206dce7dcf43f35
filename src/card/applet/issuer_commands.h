// What the issuer does with a card over its channel (docs/formats/card-issuer.md). Of this folder alone.
#pragma once

#include <optional>

#include "card/applet/interior.h"

namespace shomei::card::applet {

// The data of a command: BER-TLV objects, each at most once, in any order. Borrowed from the command.
struct DataObjects {
  std::optional<ApplicationId> application;  // 4F
  std::optional<FileId> file;                // 51
  std::optional<std::size_t> offset;         // 54
  std::optional<std::size_t> total;          // 80
  std::optional<ByteView> data;              // 53
  std::optional<ByteView> challenge;         // 81
};

// none: not of this form, or an application that the card has not.
std::optional<DataObjects> parse_data_objects(ByteView bytes);

Answer generate_pending_key(Interior& chip, const Command& command, const DataObjects& objects);
Answer sign_with_pending_key(Interior& chip, const Command& command, const DataObjects& objects);
Answer update_binary(Interior& chip, const Command& command, const DataObjects& objects);
Answer reset_retry_counter(Interior& chip, const Command& command, const DataObjects& objects);
Answer set_fixed_pin(Interior& chip, const Command& command, const DataObjects& objects);
Answer get_status(Interior& chip, const Command& command, const DataObjects& objects);
Answer set_status(Interior& chip, const Command& command, const DataObjects& objects);
Answer delete_object(Interior& chip, const Command& command, const DataObjects& objects);

// The file that 4F and 51 name, of one of those contents: 6A88 when there is none, or this kind of card
// cannot have it.
OrWord<const FileEntry*> named_file(const Interior& chip, const DataObjects& objects,
                                    std::initializer_list<Content> contents);

}  // namespace shomei::card::applet
