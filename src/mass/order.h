// Order: a mass act as it was fixed, before anything of it is carried out: what the intent in the journal
// says, and what officers approve.
#pragma once

#include <optional>
#include <string>

#include "counter/parts.h"
#include "crypto/digest.h"
#include "journal/contents.h"
#include "mass/found.h"
#include "mass/verb.h"
#include "rules/facts.h"

namespace shomei::mass {

struct Order {
  ActId id;  // of the act: its entries are in the journal under it, its files in the folder of that name
  Verb verb{};
  std::optional<rules::Ground> ground;  // of what changes states
  std::optional<rules::Reason> reason;  // of a revocation, stated; none: the rules name it by the ground
  std::string cause;                    // in the officer's words; may be empty
  counter::Officer officer;             // who asked for it
  std::string query;                    // encode_query()
  Found found;
  crypto::Sha256 list{};       // of the fixed list
  crypto::Sha256 content{};    // content_of(): what officers approve
  InstantMs fixed_at;          // when the intent was recorded
  std::uint64_t sequence = 0;  // of the intent
};

// SHA-256("shomei mass order v1" 00 document), the document being the members verb, ground, reason, cause,
// query, found and list_sha256 of encode_order() without spaces, in alphabetical order.
crypto::Sha256 content_of(const Order& order);

// Whether other officers have agreed to this order, where that is needed: asked when it is fixed, which
// proposes it under its identifier, and again when somebody, `doer`, begins to carry it out. What
// expect_agreed() of officers/admission.h says, and of the doer.
Result<void> expect_agreed(const counter::Parts& parts, const Order& order, const counter::Officer& doer);

std::string encode_order(const Order& order);  // JSON, of the documents of the command line
// What the intent's operator part has of it. malformed "mass_order_too_large" when it would not fit.
journal::Fields fields_of(const Order& order);
// internal "mass_record_broken" {what}: the entry is not one, or says another content than its digest.
Result<Order> read_order(const journal::StoredEntry& intent);

}  // namespace shomei::mass
