// The serial number of a new certificate, in the form that the profile asks for.
#pragma once

#include "authority/authority.h"
#include "authority/profile.h"
#include "journal/transaction.h"
#include "pki/serial_number.h"

namespace shomei::authority {

// 64 random bits, never a number that fits 32 (those are the authorities' and the sequential ones).
pki::SerialNumber random_serial();

// 127 random bits in 16 bytes, which no certificate of a person has: for responders, keys for lists and
// links.
pki::SerialNumber serial_outside_the_space();

// The number that comes `count`-th, from 1: four bytes, as the real ones have. The numbers below the first
// are the authorities'. refused "serials_used_up" {authority}.
Result<pki::SerialNumber> sequential_serial(std::uint64_t count, const Authority& authority);

// Sequential numbers are taken in a transaction of their own, which is durable before the number stands in
// anything: an act that fails afterwards leaves a gap.
Result<pki::SerialNumber> next_serial(const Profile& profile, const Authority& authority,
                                      const journal::Journal& journal);

}  // namespace shomei::authority
