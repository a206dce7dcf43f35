#include "wire/connection.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>

namespace shomei::wire {

PhaseLists::~PhaseLists() {
  for (Ends& ends : ends_)
    for (Connection* c = ends.first; c;) delete std::exchange(c, c->after);
}

void PhaseLists::enter(Connection& c, Phase phase, Tick now) {
  leave(c);
  c.phase = phase;
  c.since = now;
  Ends& ends = ends_[static_cast<std::size_t>(phase)];
  c.before = ends.last;
  (ends.last ? ends.last->after : ends.first) = &c;
  ends.last = &c;
}

void PhaseLists::leave(Connection& c) {
  Ends& ends = ends_[static_cast<std::size_t>(c.phase)];
  if (!c.before && ends.first != &c) return;  // in none
  (c.before ? c.before->after : ends.first) = c.after;
  (c.after ? c.after->before : ends.last) = c.before;
  c.before = c.after = nullptr;
}

std::ptrdiff_t send_parts(int socket, std::string_view bytes, const Bytes* shared, std::size_t sent) {
  const std::string_view rest = bytes.substr(std::min(sent, bytes.size())).substr(0, kSendBytesMax);
  if (!shared) return ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
  const ByteView content = ByteView(*shared).subspan(sent > bytes.size() ? sent - bytes.size() : 0);
  iovec parts[2] = {
      {const_cast<char*>(rest.data()), rest.size()},
      {const_cast<std::uint8_t*>(content.data()), std::min(content.size(), kSendBytesMax - rest.size())}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = 2;
  return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

}  // namespace shomei::wire
