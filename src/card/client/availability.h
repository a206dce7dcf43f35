// Which of the two certificates a card says it has (EF 0008; jpki-facts 1.2).
#pragma once

namespace shomei::card::client {

struct Availability {
  bool signature = false;
  bool user_authentication = false;
  bool operator==(const Availability&) const = default;
};

}  // namespace shomei::card::client
