// ActLog: what a load says while it runs, so that whoever looks at what a fault left knows what had been
// promised. One line an event, each out by one write() of its own, before a request is sent and after it was
// answered:
//   send VERB REQUEST SUBJECT                 SUBJECT: the resident of an issue, else the serial number
//   done VERB REQUEST ANSWER                  acknowledged; ANSWER as answer_text() makes it
//   error VERB REQUEST FAULT CODE
//   signed TBS SIGNATURE                      SHA-256 of what the authority's key signed, and of its
//   signature seen SIZE ROOT                            a checkpoint that a reader saw and believed
// Its times are the order of its lines: what stands behind an acknowledgement was sent after it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/identifier.h"
#include "crypto/digest.h"
#include "journal/certificate_record.h"
#include "journal/checkpoint.h"

namespace shomei::test {

enum class ActVerb { issue, confirm, suspend, restore, revoke };
std::string_view name(ActVerb verb);

// All of an answer that must be the same when the same request is sent again. Of an issue: which certificate;
// it is answered with the state that it has now.
std::string answer_text(ActVerb verb, const journal::CertificateRecord& record);

class ActLog {
 public:
  explicit ActLog(int file) : file_(file) {}  // borrowed
  void send(ActVerb verb, const RequestId& request, std::string_view subject);
  void done(ActVerb verb, const RequestId& request, const journal::CertificateRecord& record);
  void error(ActVerb verb, const RequestId& request, const Error& error);
  void signature(ByteView tbs, ByteView signature);
  void seen(const journal::Checkpoint& checkpoint);

 private:
  void write_line(const std::string& line);
  int file_;
};

// One request as the log tells of it. The same request may have been sent several times.
struct LoggedAct {
  ActVerb verb{};
  std::string subject;
  std::size_t sent_at = 0;             // line of the first sending
  std::size_t sent = 0;                // how often
  std::optional<std::size_t> done_at;  // line of the first acknowledgement
  std::vector<std::string> answers;
  std::string last_error;
};

struct SeenCheckpoint {
  std::uint64_t size = 0;
  std::string root;  // hex
};

struct LoggedActs {
  std::map<std::string, LoggedAct> acts;  // by request
  std::map<std::string, std::size_t>
      signatures;  // how often each to-be-signed certificate was signed, by digest in hex
  std::vector<SeenCheckpoint> seen;
  std::map<std::string, std::size_t> errors;  // by "FAULT CODE"
  std::size_t done = 0;
};

// Lines of other forms are passed over: the program that was killed may have said more, and its last line may
// be cut.
LoggedActs read_act_log(const std::string& path);

}  // namespace shomei::test
