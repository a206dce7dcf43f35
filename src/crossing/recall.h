// Recall: what was said of a thing, so that what is said of it later can be held against it. In a
// journal::PassTable, so its size is fixed: things for which there is no room are recalled in a later pass.
// It keeps 64 bits of a digest under a key of its own, drawn anew each time: nobody can prepare two sayings
// that look alike to it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "journal/pass_table.h"

namespace shomei::crossing {

enum class Topic : std::uint8_t {
  act_person,  // of an act: resident and card
  act_officer,
  act_request,
  act_bound,
  act_prepared,   // what was to be signed
  act_end,        // written off
  act_confirmed,  // the card has it
  request_person,
  request_row,  // of a request: the act
  row_person,   // of an act: as the certificate's row has it
  row_office,
  row_reserved,
  row_key,
  row_issued,
  serial_person,  // of a certificate by its number: the resident
  serial_card,
  serial_state,
  key_act,  // of a key: the act that certified it
  card_holder,
  about,            // of a sequence number: whom the entry was put about
  register_record,  // of a resident: the whole record
  register_attributes,
  register_address,  // none of who moves abroad
  register_born,
  register_place,
};

// The words in their order, none of them in doubt where it ends.
std::string joined(std::initializer_list<std::string_view> words);

class Recall {
 public:
  using Key = journal::PassTable::Key;
  static Key key_of(Topic topic, std::string_view thing);

  explicit Recall(std::size_t memory_bytes);

  enum class Heard : std::uint8_t {
    not_now,  // the thing is for another pass
    nothing,  // nothing was said of it
    same,
    other,
  };
  Heard look(const Key& key, std::string_view said);  // and keeps nothing
  Heard hear(const Key& key, std::string_view said);  // keeps the first that is said
  void say(const Key& key, std::string_view said);    // keeps this

  bool is_for_now(const Key& key) const { return table_.has(key); }
  bool next_pass() { return table_.next_pass(); }

 private:
  std::uint64_t mark_of(std::string_view said) const;
  journal::PassTable table_;
  Bytes secret_;
};

}  // namespace shomei::crossing
