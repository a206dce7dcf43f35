// One thread that accepts connections, reads requests, asks for answers and sends them: epoll, edge
// triggered, so that no descriptor is armed or disarmed while it is open. All that it does not block on.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "files/descriptor.h"
#include "wire/answers.h"
#include "wire/connection.h"
#include "wire/server.h"
#include "wire/workers.h"

namespace shomei::wire {

// What the loops of a server have in common. Outlives them.
struct Common {
  Settings settings;
  std::size_t connections_max = 0;
  std::atomic<std::size_t> connections{0};
  Workers& workers;
};

class Loop : public AnswerBox {
 public:
  Loop(Common& common, files::Descriptor listener, std::unique_ptr<Answers> answers);
  ~Loop() override;

  bool open();   // false with errno
  void start();  // throws std::system_error
  // From any thread: the loop accepts no more and ends when its connections have, or at the end of the grace.
  void stop();
  void join();

  const LoopCounters& counters() const { return counters_; }
  void deliver(Connection& connection, http::Response response) override;

 private:
  struct Delivered {
    Connection* connection;
    http::Response response;
  };
  using Turn = void (Loop::*)(Connection&);

  // loop.cc: the thread, its events, connections that begin, wait and end.
  void run();
  int milliseconds_to_wait() const;
  void on_event(Connection& c, std::uint32_t events);
  void guarded(Turn turn, Connection& c);
  void accept_some();
  void admit(files::Descriptor socket, const PeerAddress& peer);
  void pause_accepting();
  void accept_again();
  void woken();
  void begin_stop();
  void run_again();
  void again(Connection& c);
  Tick timeout(Phase phase) const;
  void sweep();
  void expire(Connection& c);
  void close(Connection& c);
  void close_hard(Connection& c);
  void close_all();
  void bury();
  void read_clock();
  void log(std::string_view line) const;

  // conversation.cc: what is read and answered on one connection.
  void go_on(Connection& c);
  void read(Connection& c);
  bool receive(Connection& c, std::size_t& here);
  bool can_tell(const Connection& c, std::size_t here) const;
  void converse(Connection& c, std::size_t here);
  bool answer_one(Connection& c, bool& goes_on);
  bool ask_answers(Connection& c);
  void ask_later(Connection& c);
  void take_delivered(Connection& c, const http::Response& response);
  void refuse(Connection& c, int status);
  void append_response(const http::Response& response, bool keep_alive, bool http_1_0, bool head_only);
  void hold(Connection& c, std::size_t from, std::size_t to);
  bool flush(Connection& c);
  bool may_park(const Connection& c, const Parsed& parsed) const;
  void park(Connection& c);
  void send_parked();
  void send_parked_of(Connection& c, std::string_view answers);
  void send_parked_if_late();
  void write_more(Connection& c);
  void settle(Connection& c, bool answered, const Parsed& parsed);
  void count_held(Connection& c);
  void end_last_answer(Connection& c);
  void linger(Connection& c);
  void throw_away(Connection& c);

  Common& common_;
  const Limits& limits_;
  files::Descriptor listener_, poll_, waker_;
  const std::unique_ptr<Answers> answers_;
  LoopCounters counters_;

  // Of the loop's thread alone.
  const std::size_t request_bytes_max_;
  std::vector<char> input_;  // what one connection sent last, behind what was held of it
  Output out_;               // answers to one connection
  // Answers that wait for those to other requests of the same batch, one behind the other.
  struct Parked {
    Connection* connection;
    std::size_t bytes;
  };
  std::vector<Parked> parked_;
  std::string parked_bytes_;
  std::int64_t parked_since_ = 0;  // nanoseconds of a clock that never falls
  RequestView view_;
  PhaseLists lists_;
  std::vector<Connection*> again_;  // have more to do without a further event
  std::vector<Connection*> turns_;  // those of again_ whose turn it is
  std::vector<Connection*> dead_;   // closed; events of this batch may still name them
  std::size_t held_bytes_ = 0;
  std::size_t open_ = 0;
  Tick now_ = 0;
  Tick accept_again_at_ = 0;  // 0: accepting
  Tick quiet_until_ = 0;
  bool stopping_ = false;
  Tick stop_at_ = 0;

  // Of all threads.
  std::atomic<bool> stop_asked_{false};
  std::mutex mutex_;
  std::vector<Delivered> delivered_;
  std::thread thread_;
};

}  // namespace shomei::wire
