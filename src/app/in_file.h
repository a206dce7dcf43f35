// An error about what stands in a file names the file.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace shomei::app {

template <class T>
Result<T> in_file(const std::string& file, Result<T> result) {
  if (!result) return std::move(result).error().with("file", file);
  return result;
}

}  // namespace shomei::app
