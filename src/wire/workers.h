// The threads that run the handler for what loops may not wait for.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "http/message.h"

namespace shomei::wire {

struct Connection;

// Where a worker's answer goes: the loop that has the connection.
class AnswerBox {
 public:
  virtual ~AnswerBox() = default;
  virtual void deliver(Connection& connection, http::Response response) = 0;  // from any thread
};

struct Question {
  http::Request request;
  Connection* connection = nullptr;  // stays until its answer was delivered
  AnswerBox* back = nullptr;
};

class Workers {
 public:
  using Log = std::function<void(std::string_view)>;
  Workers(http::Handler handler, http::ErrorPage page, Log log);
  ~Workers() { stop(); }

  void start(unsigned threads);  // throws std::system_error
  void ask(Question question);
  // Drops what waits; returns when no handler runs.
  void stop();
  // The page of that status; a plain one when the given one throws.
  http::Response page(int status) const;

 private:
  void run();
  http::Response answer(const http::Request& request) const;
  void log(std::string_view line) const;

  const http::Handler handler_;
  const http::ErrorPage page_;
  const Log log_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::deque<Question> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace shomei::wire
