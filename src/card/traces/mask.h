// Mask: what of a dialogue may be shown to others. Shown is what is known to be harmless, and nothing else:
// PINs never; of an answer, what everybody may read from any card; not the citizen's certificates, number,
// attributes, pictures, nor what the card tells of its maker and municipality. It follows which application
// and file are selected, because a name of a file means another thing in another application.
#pragma once

#include "card/application.h"
#include "card/traces/trace_file.h"

namespace shomei::card::traces {

enum class PersonalData { masked, kept };

class Mask {
 public:
  explicit Mask(PersonalData personal_data = PersonalData::masked) : personal_data_(personal_data) {}

  // What may be written of a command and its answer, in the order of the dialogue. PINs are masked with
  // either setting.
  Step apply(ByteView command, std::optional<ByteView> answer);
  Step power();

 private:
  void follow(ByteView command, std::optional<ByteView> answer);
  bool may_show_answer(ByteView command) const;

  PersonalData personal_data_;
  const ApplicationEntry* application_ = nullptr;
  std::optional<FileId> file_;
};

// VERIFY, CHANGE REFERENCE DATA and whatever else carries a PIN, with data.
bool carries_pin(ByteView command);

}  // namespace shomei::card::traces
