// Copying for people: a line a second, and Ctrl-C as an error that takes back what was begun.
#pragma once

#include "journal/copy/row_digest.h"

namespace shomei::app {

// Once a process, before it makes threads. Its error is unavailable "interrupted".
journal::CopyProgress copy_progress();

}  // namespace shomei::app
