// The residents and cards with which a store is filled: a number says who it is, so that millions need little
// memory. Their identifiers are random, as everybody's; their names count.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "counter/office.h"
#include "register/resident.h"

namespace shomei::app {

class FilledPeople {
 public:
  // They live in the municipalities of the directory's offices, in turn. `on` is the day on which they come;
  // all are of age then. `directory` outlives this.
  FilledPeople(std::size_t count, const counter::Directory& directory, Date on);

  std::size_t count() const { return residents_.size(); }
  residents::Resident resident(std::size_t number) const;
  residents::CardRecord card(std::size_t number) const;
  const counter::Office& office(std::size_t number) const;  // where number's certificates are issued
  // Numbers in the order of residents' identifiers.
  std::vector<std::uint32_t> by_identifier() const;

 private:
  using IdText = std::array<char, 26>;  // crypto/random.h
  std::vector<IdText> residents_, cards_;
  std::vector<const counter::Office*> offices_;  // those with a municipality
  Date on_;
};

}  // namespace shomei::app
