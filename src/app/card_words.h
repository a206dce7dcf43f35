// What the card commands say to people, in their language, made of the documents that programs get
// (docs/formats/documents.md).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "texts/says.h"

namespace shomei::app {

std::string cards_text(const nlohmann::json& info, texts::Language language);
std::string verified_text(const nlohmann::json& verified, texts::Language language);
// Of a list, of one that was added, of one that was removed.
std::string trust_text(const nlohmann::json& trust, texts::Language language);
std::string replay_text(const nlohmann::json& outcome, texts::Language language);

}  // namespace shomei::app
