// Context: a conversation with pcscd, ended when it goes out of life. Of this folder alone.
#pragma once

#include <winscard.h>

#include <string>
#include <vector>

#include "base/result.h"

namespace shomei::card::pcsc {

class Context {
 public:
  // unavailable "pcsc_service_missing", refused "pcsc_denied".
  static Result<Context> open();
  Context(Context&& other) noexcept;
  Context& operator=(Context&& other) noexcept;
  ~Context();
  SCARDCONTEXT get() const { return handle_; }

  // In pcscd's order; empty when it has none.
  Result<std::vector<std::string>> readers() const;

 private:
  explicit Context(SCARDCONTEXT handle) : handle_(handle) {}
  SCARDCONTEXT handle_;
};

}  // namespace shomei::card::pcsc
