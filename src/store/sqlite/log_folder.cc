#include "store/sqlite/log_folder.h"

#include <system_error>
#include <tuple>
#include <utility>

#include "store/sqlite/open.h"

namespace shomei::store {
namespace {

// 16 MiB: a page that is written often goes into the store's own file once in so many.
constexpr int kLogPagesMax = 4096;

// As far as others let it; waits for nobody.
void copy(Database& database) {
  std::ignore = database.execute("PRAGMA wal_checkpoint(PASSIVE)");
}

}  // namespace

LogFolder::~LogFolder() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  thread_.join();
}

void LogFolder::look(Database& writer, int pages) {
  if (pages < kLogPagesMax && pages_asked_at_ == 0) return;
  std::unique_lock lock(mutex_);
  if (state_ == State::asked) return;
  if (pages < pages_asked_at_) {  // it has begun anew
    state_ = State::resting;
    pages_asked_at_ = 0;
    return;
  }
  // A reader that stays long keeps the log from beginning anew.
  const bool grown = pages >= pages_asked_at_ + kLogPagesMax;
  if (state_ == State::copied && !grown) {
    lock.unlock();
    copy(writer);
    return;
  }
  if (!started()) {
    lock.unlock();
    copy(writer);
    return;
  }
  pages_asked_at_ = pages;
  state_ = State::asked;
  lock.unlock();
  asked_.notify_one();
}

// Without a thread (the system gives none) whoever writes copies, as SQLite would.
bool LogFolder::started() {
  if (thread_.joinable()) return true;
  try {
    thread_ = std::thread([this] { work(); });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

void LogFolder::work() {
  std::unique_ptr<Database> database;
  std::unique_lock lock(mutex_);
  while (true) {
    asked_.wait(lock, [this] { return stopping_ || state_ == State::asked; });
    if (stopping_) return;
    lock.unlock();
    if (!database) {
      if (auto connected = connect(store_, OpenMode::existing)) database = *std::move(connected);
    }
    if (database) copy(*database);
    lock.lock();
    state_ = State::copied;
  }
}

}  // namespace shomei::store
