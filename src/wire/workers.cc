#include "wire/workers.h"

#include <algorithm>
#include <utility>

#include "wire/connection.h"

namespace shomei::wire {

Workers::Workers(http::Handler handler, http::ErrorPage page, Log log)
    : handler_(std::move(handler)), page_(std::move(page)), log_(std::move(log)) {}

void Workers::start(unsigned threads) {
  for (unsigned i = 0; i < std::max(1U, threads); ++i) threads_.emplace_back([this] { run(); });
}

void Workers::ask(Question question) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(question));
  }
  asked_.notify_one();
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_.clear();
  }
  asked_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    asked_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const Question question = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    http::Response response;
    if (!question.connection->abandoned) response = answer(question.request);
    question.back->deliver(*question.connection, std::move(response));
    lock.lock();
  }
}

http::Response Workers::answer(const http::Request& request) const {
  try {
    return handler_(request);
  } catch (const std::exception& failure) {
    log(std::string("a handler threw: ") + failure.what());
  } catch (...) {
    log("a handler threw");
  }
  return page(500);
}

http::Response Workers::page(int status) const {
  try {
    return page_(status);
  } catch (...) {
    return http::plain_error(status);
  }
}

void Workers::log(std::string_view line) const {
  if (log_) log_(line);
}

}  // namespace shomei::wire
