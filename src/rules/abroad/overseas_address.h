// What stands in the place of the address for someone who moves abroad and keeps the card (seed: certificate
// information, note). The form is a setting, in Japanese for the certificate and in English for people.
#pragma once

#include <string>

#include "rules/settings.h"

namespace shomei::rules {

// "国外転出 2026/12/01(予定)".
std::string overseas_address_ja(const Settings& settings, Date planned);
std::string overseas_address_en(const Settings& settings, Date planned);

}  // namespace shomei::rules
