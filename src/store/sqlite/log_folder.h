// LogFolder: copies what stands in a store's log (WAL) into the store's own file, on a thread of its own, so
// that the act whose commit made the log long need not wait for it. Only while nobody writes can the log then
// begin anew: whoever has the turn copies what has come meanwhile, which is little.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/sqlite/database.h"

namespace shomei::store {

class LogFolder {
 public:
  explicit LogFolder(std::filesystem::path store) : store_(std::move(store)) {}
  LogFolder(const LogFolder&) = delete;
  LogFolder& operator=(const LogFolder&) = delete;
  ~LogFolder();  // waits for what is under way

  // After each commit of `writer`, by whoever has the turn; the log has `pages` now. That copying fails is no
  // error of the commit: everything stays in the log.
  void look(Database& writer, int pages);

 private:
  enum class State { resting, asked, copied };
  bool started();
  void work();

  const std::filesystem::path store_;
  std::mutex mutex_;
  std::condition_variable asked_;
  // Guarded by mutex_.
  State state_ = State::resting;
  bool stopping_ = false;
  int pages_asked_at_ = 0;  // whoever has the turn has it
  std::thread thread_;      // likewise; none before the log is long for the first time
};

}  // namespace shomei::store
