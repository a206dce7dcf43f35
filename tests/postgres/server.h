// A real PostgreSQL server of the test's own: made in a temporary folder, on a socket there and on the
// loopback, gone with the test. Run as the user "postgres" or "nobody" where the test runs as root, which the
// server refuses to be.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace shomei::store {

class Server {
 public:
  // `settings`: lines for its postgresql.conf.
  explicit Server(const std::string& settings = "");
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  void kill_all();  // -9, the postmaster and everything that it has started
  void stop();

  std::string socket() const { return folder_.string(); }  // host=
  int port() const { return port_; }
  // The administrator's address of a database: by the socket, without a password.
  std::string address(const std::string& database) const;
  // Runs statements, in "postgres" unless told otherwise, and answers with the first value of the last.
  std::string run(const std::string& sql, const std::string& database = "postgres") const;

  // That all its processes have used.
  double processor_seconds() const;

  static Server& shared();             // one for the whole program
  static std::string shared_settings;  // set before the first use

 private:
  std::filesystem::path folder_;
  int port_;
  pid_t postmaster_ = -1;
};

// A place for one store: a schema of its own, which is made faster than a database. It goes with the server.
class FreshStore {
 public:
  FreshStore();
  FreshStore(const FreshStore&) = delete;
  FreshStore& operator=(const FreshStore&) = delete;
  std::string address() const;
  std::string run(const std::string& sql) const;
  const std::string& schema() const { return schema_; }

 private:
  std::string schema_;
};

}  // namespace shomei::store
