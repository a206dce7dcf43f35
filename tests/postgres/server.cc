#include "tests/postgres/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

namespace shomei::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kStartMax = 30s;
// Where there is room in memory the tests do not wait for a disk: what they kill are programs, and the files
// stay.
constexpr const char* kMemory = "/dev/shm";
constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

const passwd* server_user() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  return user ? user : getpwnam("nobody");
}

// As the server's user, and never longer than this process.
pid_t spawn(const std::vector<std::string>& words, const fs::path& log) {
  const pid_t parent = getpid();
  const passwd* user = server_user();
  const uid_t uid = user ? user->pw_uid : geteuid();
  const gid_t gid = user ? user->pw_gid : getegid();
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  if (geteuid() == 0 && (setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)) _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (getppid() != parent) _exit(126);
  const int out = ::open(log.c_str(), O_WRONLY | O_APPEND);
  dup2(out, 1);
  dup2(out, 2);
  execv(arguments[0], arguments.data());
  _exit(127);
}

void run_to_end(const std::vector<std::string>& words, const fs::path& log) {
  int status = 0;
  waitpid(spawn(words, log), &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error(words[0] + " failed: see " + log.string());
}

int free_port() {
  const int s = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(s, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(s, reinterpret_cast<sockaddr*>(&address), &size);
  close(s);
  return ntohs(address.sin_port);
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream stat(entry.path() / "stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    const auto after_name = text.rfind(") ");
    if (after_name == std::string::npos) continue;
    char state = 0;
    pid_t of = 0;
    if (std::sscanf(text.c_str() + after_name, ") %c %d", &state, &of) == 2 && of == parent)
      children.push_back(std::atoi(name.c_str()));
  }
  return children;
}

}  // namespace

std::string Server::shared_settings;

Server::Server(const std::string& settings) : port_(free_port()) {
  const fs::path place = access(kMemory, W_OK) == 0 ? fs::path(kMemory) : fs::temp_directory_path();
  std::string name = (place / "shomei-pg-XXXXXX").string();
  folder_ = mkdtemp(name.data());
  const auto log = folder_ / "log";
  std::ofstream(log).close();
  if (const auto* user = server_user()) {
    for (const auto& path : {folder_, log})
      if (chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown");
  }
  const auto data = folder_ / "data";
  run_to_end({std::string(kPrograms) + "initdb", "-D", data, "-U", "shomei", "-E", "UTF8", "--locale=C", "-A",
              "trust", "--no-sync", "--wal-segsize=1"},
             log);
  std::ofstream(data / "postgresql.conf", std::ios::app)
      << "unix_socket_directories = '" << folder_.string()
      << "'\nlisten_addresses = '127.0.0.1'\nport = " << port_
      << "\nfsync = on\nshared_buffers = 32MB\nmax_connections = 60\nmax_wal_size = "
         "64MB\n"
         "min_wal_size = 2MB\n"
      << settings;
  std::ofstream(data / "pg_hba.conf") << "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
  start();
}

Server::~Server() {
  stop();
  fs::remove_all(folder_);
}

void Server::start() {
  postmaster_ =
      spawn({std::string(kPrograms) + "postgres", "-D", (folder_ / "data").string()}, folder_ / "log");
  const auto late = std::chrono::steady_clock::now() + kStartMax;
  while (PQping(address("postgres").c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > late) {
      std::ifstream log(folder_ / "log");
      throw std::runtime_error("the server does not start: " +
                               std::string(std::istreambuf_iterator<char>(log), {}));
    }
    std::this_thread::sleep_for(20ms);
  }
}

void Server::kill_all() {
  const auto children = children_of(postmaster_);
  kill(postmaster_, SIGKILL);
  for (const pid_t child : children) kill(child, SIGKILL);
  waitpid(postmaster_, nullptr, 0);
  postmaster_ = -1;
  for (const pid_t child : children)
    while (kill(child, 0) == 0) std::this_thread::sleep_for(1ms);
}

void Server::stop() {
  if (postmaster_ < 0) return;
  kill(postmaster_, SIGQUIT);  // at once: nobody will read the data again
  waitpid(postmaster_, nullptr, 0);
  postmaster_ = -1;
}

std::string Server::address(const std::string& database) const {
  return "host=" + folder_.string() + " port=" + std::to_string(port_) + " user=shomei dbname=" + database;
}

std::string Server::run(const std::string& sql, const std::string& database) const {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address(database).c_str()),
                                                                PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    return std::string("ERROR: ") + PQerrorMessage(connection.get());
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

// By the scheduler's own count, which is in nanoseconds.
double Server::processor_seconds() const {
  auto all = children_of(postmaster_);
  all.push_back(postmaster_);
  double nanoseconds = 0;
  for (const pid_t pid : all) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/schedstat");
    double of_process = 0;
    if (stat >> of_process) nanoseconds += of_process;
  }
  return nanoseconds / 1e9;
}

Server& Server::shared() {
  static Server server(shared_settings);
  return server;
}

FreshStore::FreshStore() {
  static int count = 0;
  schema_ = "store_" + std::to_string(++count);
  EXPECT_EQ(Server::shared().run("CREATE SCHEMA " + schema_), "");
}

std::string FreshStore::address() const {
  return Server::shared().address("postgres") + " options=-csearch_path=" + schema_;
}

std::string FreshStore::run(const std::string& sql) const {
  return Server::shared().run("SET search_path = " + schema_ + "; " + sql);
}

}  // namespace shomei::store
