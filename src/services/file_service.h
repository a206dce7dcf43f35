// Files that the authority has signed, as they stand in the folder of what anybody may have: asked for on a
// condition or in parts, and whole from one moment while they are replaced.
#pragma once

#include <filesystem>
#include <string>

#include "base/calendar.h"
#include "http/router.h"

namespace shomei::services {

// GET `path`: application/octet-stream; 404 while there is no such file. The clock outlives the router.
void add_file_route(http::Router& router, std::string path, std::filesystem::path file, const Clock& clock);

}  // namespace shomei::services
