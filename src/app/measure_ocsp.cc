#include "app/measure_ocsp.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>

#include "app/measure_signing.h"
#include "app/synthetic_states.h"
#include "files/descriptor.h"
#include "files/file.h"
#include "files/mapped_file.h"
#include "pki/ocsp_response.h"
#include "services/ocsp_answers.h"
#include "services/problem.h"
#include "status/snapshot.h"
#include "wire/server.h"

namespace shomei::app {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::string_view kOrigin = "bench.shomei/journal";
constexpr int kServerCore = 0, kLoadCore = 1;
constexpr unsigned kLookAtEvery = 101;

double since(Steady::time_point begun) {
  return std::chrono::duration<double>(Steady::now() - begun).count();
}

void stay_on(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  ::sched_setaffinity(0, sizeof set, &set);  // where there is one core alone, both are on it
}

class SystemClock final : public Clock {
 public:
  InstantMs now_ms() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

// ---- the server's process

struct Serving {
  pid_t process = -1;
  std::uint16_t port = 0;
  double start_seconds = 0;
  files::Descriptor lifeline;  // closed: the server ends

  Serving() = default;
  Serving(Serving&& other) noexcept
      : process(std::exchange(other.process, -1)),
        port(other.port),
        start_seconds(other.start_seconds),
        lifeline(std::move(other.lifeline)) {}
  Serving& operator=(Serving&&) = delete;
  ~Serving() {
    if (process < 0) return;
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
  }
};

// What `serve` composes, with states from the snapshot and without a journal behind them.
Result<void> serve_from(const std::filesystem::path& file, const journal::VerifierKey& key,
                        const SyntheticNation& nation, std::size_t answers_max, int told, int lifeline) {
  const auto begun = Steady::now();
  SystemClock clock;
  SHOMEI_TRY(auto mapped, files::MappedFile::open(file));
  const auto owner = std::make_shared<files::MappedFile>(std::move(mapped));
  SHOMEI_TRY(const auto snapshot, status::open_snapshot(owner->bytes(), owner, key));
  status::StatusList list;
  SHOMEI_CHECK(list.take(snapshot.contents));
  list.caught_up(clock.now());
  status::Responder responder(list, clock,
                              {.silence_max = std::chrono::hours(24), .answers_max = answers_max});
  SHOMEI_CHECK(responder.set_delegate("signature-1", nation.responder(), nation.responder_certificate()));
  services::StatusCounters counters;
  services::Access access({});
  const services::OcspParts parts{responder, clock, counters};
  SHOMEI_TRY(const auto server,
             wire::Server::listen(
                 {.loops = 1, .worker_threads = 1},
                 [&] { return std::make_unique<services::OcspAnswers>(parts, access, answers_max); },
                 [](const http::Request&) { return services::problem_page(404); }));
  const double words[] = {since(begun), static_cast<double>(server->port())};
  if (::write(told, words, sizeof words) != sizeof words)
    return internal("library_threw", {{"what", "pipe"}});
  // As if a journal that stands still were followed.
  for (pollfd end{lifeline, POLLIN, 0}; ::poll(&end, 1, 500) == 0;) list.caught_up(clock.now());
  return {};
}

Result<Serving> start(const std::filesystem::path& file, const journal::VerifierKey& key,
                      const SyntheticNation& nation, std::size_t answers_max) {
  int told[2], lifeline[2];
  if (::pipe2(told, O_CLOEXEC) != 0 || ::pipe2(lifeline, O_CLOEXEC) != 0)
    return internal("library_threw", {{"what", "pipe"}});
  const files::Descriptor hears(told[0]);
  Serving serving;
  serving.lifeline = files::Descriptor(lifeline[1]);
  serving.process = ::fork();
  if (serving.process == 0) {
    ::close(lifeline[1]);
    stay_on(kServerCore);
    const auto served = serve_from(file, key, nation, answers_max, told[1], lifeline[0]);
    ::_exit(served ? 0 : 1);
  }
  ::close(told[1]);
  ::close(lifeline[0]);
  double words[2];
  if (::read(hears.get(), words, sizeof words) != sizeof words)
    return unavailable("server_unreachable", {{"place", "the measured server"}, {"what", "it ended"}});
  serving.start_seconds = words[0];
  serving.port = static_cast<std::uint16_t>(words[1]);
  return serving;
}

// ---- what is asked

enum class Form { get, post_with_nonce };

// Places among which questions choose: the first so many, spread over all.
class Questions {
 public:
  Questions(const SyntheticNation& nation, std::uint64_t different, Form form)
      : nation_(nation), different_(std::min(different, nation.count())), form_(form) {
    // Answers that are given again are asked for in words that were made before: the load must not be what is
    // measured.
    if (form == Form::get)
      for (std::uint64_t i = 0; i < different_; ++i) ready_.push_back(get(place(i)));
  }

  void next(std::string& into) {
    const std::uint64_t chosen = mixed(++asked_) % different_;
    if (form_ == Form::get)
      into = ready_[chosen];
    else
      into = post(place(chosen));
  }

 private:
  std::uint64_t place(std::uint64_t chosen) const { return chosen * (nation_.count() / different_); }

  std::string get(std::uint64_t place) const {
    const std::vector ids{nation_.id(nation_.number(place))};
    std::string path;
    for (const char c : to_base64(pki::encode_ocsp_request(ids, {})))
      path += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    return "GET /ocsp/" + path + " HTTP/1.1\r\nHost: bench\r\n\r\n";
  }

  std::string post(std::uint64_t place) {
    Bytes nonce(32);
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint64_t word = mixed(asked_ * 4 + i);
      std::memcpy(nonce.data() + 8 * i, &word, 8);
    }
    const std::vector ids{nation_.id(nation_.number(place))};
    const Bytes body = pki::encode_ocsp_request(ids, nonce);
    return "POST /ocsp HTTP/1.1\r\nHost: bench\r\nContent-Type: "
           "application/ocsp-request\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + to_text(body);
  }

  const SyntheticNation& nation_;
  std::uint64_t different_;
  Form form_;
  std::vector<std::string> ready_;
  std::uint64_t asked_ = 0;
};

bool is_true(const SyntheticNation& nation, std::string_view body) {
  const auto response = pki::parse_ocsp_response(view(body));
  const auto* basic = response ? std::get_if<pki::BasicResponse>(&*response) : nullptr;
  if (!basic || basic->data.singles.size() != 1) return false;
  std::uint64_t number = 0;
  for (const auto byte : basic->data.singles[0].id.serial.magnitude()) number = number << 8 | byte;
  const auto place = nation.place(number);
  const auto& status = basic->data.singles[0].status;
  if (!place) return std::holds_alternative<pki::Unknown>(status);
  return SyntheticNation::revoked(*place) ? std::holds_alternative<pki::Revoked>(status)
                                          : std::holds_alternative<pki::Good>(status);
}

// ---- the measurement

// User and system time of a process (proc(5)).
double processor_seconds(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  std::istringstream rest(text.substr(text.rfind(')') + 2));
  std::string word;
  double ticks = 0;
  for (int field = 3; field <= 15 && rest >> word; ++field)
    if (field >= 14) ticks += std::stod(word);
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t resident_bytes(pid_t process) {
  std::ifstream statm("/proc/" + std::to_string(process) + "/statm");
  std::uint64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

class Measurement {
 public:
  Measurement(const OcspWish& wish, const SyntheticNation& nation, const Serving& serving, OcspFound& found)
      : wish_(wish), nation_(nation), serving_(serving), found_(found) {}

  Result<void> phase(const std::string& name, std::uint64_t different, Form form) {
    if (wish_.told) wish_.told(name);
    Questions questions(nation_, different, form);
    if (form == Form::get) SHOMEI_CHECK(warm(questions, different));
    std::vector<double> per_second, per_server_second, of_raw, p50, p99;
    for (unsigned run = 0; run < wish_.runs; ++run) {
      double raw = 0;
      if (form == Form::post_with_nonce) {
        SHOMEI_TRY(raw, raw_rate());
      }
      const double before = processor_seconds(serving_.process);
      SHOMEI_TRY(const auto got, ask(questions, wish_.time, kLookAtEvery));
      const double used = processor_seconds(serving_.process) - before;
      const auto answers = static_cast<double>(got.answers);
      per_second.push_back(answers / got.seconds);
      per_server_second.push_back(used > 0 ? answers / used : 0);
      if (raw > 0 && used > 0) of_raw.push_back(answers / used / raw);
      p50.push_back(std::chrono::duration<double, std::micro>(got.p50).count());
      p99.push_back(std::chrono::duration<double, std::micro>(got.p99).count());
    }
    found_.phases.push_back({name, spread_of(per_second), spread_of(per_server_second), spread_of(of_raw),
                             spread_of(p50), spread_of(p99)});
    return {};
  }

  const std::vector<double>& raw() const { return raw_; }

 private:
  Result<LoadFound> ask(Questions& questions, std::chrono::milliseconds time, unsigned look_at_every) {
    return load({.port = serving_.port,
                 .connections = wish_.connections,
                 .time = time,
                 .next = [&](std::string& into) { questions.next(into); },
                 .look_at_every = look_at_every,
                 .look =
                     [&](std::string_view body) {
                       ++found_.looked_at;
                       if (!is_true(nation_, body)) ++found_.wrong;
                     }});
  }

  // Until every question has been answered once, as nearly as chance has it.
  Result<void> warm(Questions& questions, std::uint64_t different) {
    std::uint64_t answered = 0;
    while (answered < 5 * different) {
      SHOMEI_TRY(const auto got, ask(questions, std::chrono::milliseconds(500), 0));
      answered += got.answers;
    }
    return {};
  }

  // On the server's core, which is idle meanwhile.
  Result<double> raw_rate() {
    stay_on(kServerCore);
    const auto found = measure_signing(nation_.responder(), wish_.time / 3, 1);
    stay_on(kLoadCore);
    if (!found) return found.error();
    raw_.push_back(found->sign.per_core_second.median);
    return raw_.back();
  }

  const OcspWish& wish_;
  const SyntheticNation& nation_;
  const Serving& serving_;
  OcspFound& found_;
  std::vector<double> raw_;
};

Result<void> write_states(const OcspWish& wish, const SyntheticNation& nation, crypto::Signer& checkpoints,
                          const std::filesystem::path& file, OcspFound& found) {
  auto begun = Steady::now();
  journal::TreeHasher tree;
  tree.add(journal::leaf_hash({}));
  SHOMEI_TRY(auto checkpoint,
             journal::sign_checkpoint({.origin = std::string(kOrigin), .size = 1, .root = tree.root()},
                                      checkpoints));
  const status::Snapshot snapshot{
      nation.contents(), {1, tree.peaks(), std::move(checkpoint)}, SystemClock{}.now()};
  found.make_seconds = since(begun);
  const auto& base = *snapshot.contents.base;
  found.certificates = base.count();
  for (const auto& table : base.tables) found.revoked += table.shape().changed;
  found.bytes_per_certificate = static_cast<double>(base.bytes()) / static_cast<double>(base.count());
  if (wish.told) wish.told("writing the snapshot");
  begun = Steady::now();
  SHOMEI_CHECK(files::replace_file(file, [&](const files::WritePiece& piece) {
    return status::write_snapshot(snapshot, kOrigin, checkpoints, piece);
  }));
  found.write_seconds = since(begun);
  return {};
}

}  // namespace

Result<OcspFound> measure_ocsp(const OcspWish& wish) {
  OcspFound found;
  if (wish.told) wish.told("making the states");
  const SyntheticNation nation(wish.key, wish.certificates);
  const auto checkpoints = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const auto file = wish.folder / "bench.snapshot";
  const struct Gone {
    const std::filesystem::path& file;
    ~Gone() {
      std::error_code ignored;
      std::filesystem::remove(file, ignored);
    }
  } gone{file};
  SHOMEI_CHECK(write_states(wish, nation, *checkpoints, file, found));
  SHOMEI_TRY(const auto key,
             journal::parse_verifier_key(journal::encode_verifier_key(kOrigin, checkpoints->public_key())));
  if (wish.told) wish.told("starting from the snapshot");
  SHOMEI_TRY(const auto serving, start(file, key, nation, std::max<std::size_t>(4 * wish.hot, 400'000)));
  found.start_seconds = serving.start_seconds;
  stay_on(kLoadCore);
  Measurement measurement(wish, nation, serving, found);
  SHOMEI_CHECK(measurement.phase("reused", std::min<std::uint64_t>(1'000, wish.hot), Form::get));
  if (wish.hot > 1'000) SHOMEI_CHECK(measurement.phase("reused_hot", wish.hot, Form::get));
  SHOMEI_CHECK(measurement.phase("signed", 1'000, Form::post_with_nonce));
  if (wish.certificates > 1'000)
    SHOMEI_CHECK(measurement.phase("signed_uniform", wish.certificates, Form::post_with_nonce));
  found.raw_per_second = spread_of(measurement.raw());
  found.server_memory_bytes = resident_bytes(serving.process);
  return found;
}

}  // namespace shomei::app
