#include "card/pcsc/readers.h"

#include <algorithm>
#include <array>
#include <optional>

#include "card/pcsc/context.h"
#include "card/pcsc/pcsc_error.h"

namespace shomei::card::pcsc {
namespace {

constexpr const char* kNewReaders = "\\\\?PnP?\\Notification";
constexpr DWORD kKept = 0xFFFF0000;  // the count of changes, which is given back as it came
constexpr DWORD kWaitMax = 1000;     // milliseconds until readers are listed anew

ReaderState state_of(const std::string& name, const SCARD_READERSTATE& told) {
  const auto is = [&](DWORD flag) { return (told.dwEventState & flag) != 0; };
  const auto atr_bytes = std::min<std::size_t>(told.cbAtr, std::size(told.rgbAtr));
  return {.name = name,
          .card_present = is(SCARD_STATE_PRESENT),
          .card_mute = is(SCARD_STATE_MUTE),
          .in_use = is(SCARD_STATE_INUSE),
          .exclusive = is(SCARD_STATE_EXCLUSIVE),
          .atr = Bytes(told.rgbAtr, told.rgbAtr + atr_bytes),
          .changes = static_cast<std::uint16_t>(told.dwEventState >> 16)};
}

// Without waiting. A reader that went between listing and asking is left out.
Result<std::vector<ReaderState>> states_in(const Context& context) {
  SHOMEI_TRY(const auto names, context.readers());
  std::vector<ReaderState> states;
  for (const auto& name : names) {
    SCARD_READERSTATE told{};
    told.szReader = name.c_str();
    told.dwCurrentState = SCARD_STATE_UNAWARE;
    const LONG code = ::SCardGetStatusChange(context.get(), 0, &told, 1);
    const bool gone = code == SCARD_E_UNKNOWN_READER || code == SCARD_E_READER_UNAVAILABLE;
    if (code != SCARD_S_SUCCESS && code != SCARD_E_TIMEOUT && !gone)
      return error_of("SCardGetStatusChange", code, name);
    if (gone || (told.dwEventState & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) != 0) continue;
    states.push_back(state_of(name, told));
  }
  return states;
}

// The flags that a waiting call compares with what is.
DWORD expected_state(const ReaderState& state) {
  DWORD flags = state.card_present ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
  if (state.card_mute) flags |= SCARD_STATE_MUTE;
  if (state.in_use) flags |= SCARD_STATE_INUSE;
  if (state.exclusive) flags |= SCARD_STATE_EXCLUSIVE;
  return flags | (static_cast<DWORD>(state.changes) << 16 & kKept);
}

const ReaderState* find(const std::vector<ReaderState>& states, const std::string& name) {
  const auto at = std::ranges::find(states, name, &ReaderState::name);
  return at == states.end() ? nullptr : &*at;
}

void append_card_events(const ReaderState& before, const ReaderState& now, std::vector<ReaderEvent>& to) {
  const bool replaced = before.card_present && now.card_present && before.changes != now.changes;
  const bool removed = before.card_present && (!now.card_present || replaced);
  const bool inserted = now.card_present && (!before.card_present || replaced);
  if (removed) to.push_back({Happened::card_removed, now.name});
  if (inserted) to.push_back({Happened::card_inserted, now.name});
}

std::vector<ReaderEvent> difference(const std::vector<ReaderState>& before,
                                    const std::vector<ReaderState>& now) {
  std::vector<ReaderEvent> events;
  for (const auto& state : before) {
    if (find(now, state.name)) continue;
    if (state.card_present) events.push_back({Happened::card_removed, state.name});
    events.push_back({Happened::reader_removed, state.name});
  }
  for (const auto& state : now) {
    const auto* known = find(before, state.name);
    if (!known) events.push_back({Happened::reader_added, state.name});
    append_card_events(known ? *known : ReaderState{}, state, events);
  }
  return events;
}

}  // namespace

std::string_view name(Happened happened) {
  static constexpr std::array<std::string_view, 4> kNames{"reader_added", "reader_removed", "card_inserted",
                                                          "card_removed"};
  return kNames[static_cast<std::size_t>(happened)];
}

Result<std::vector<ReaderState>> reader_states() {
  SHOMEI_TRY(const auto context, Context::open());
  return states_in(context);
}

struct ReaderWatch::Watched {
  std::optional<Context> context = {};
  std::vector<ReaderState> states = {};

  Result<std::vector<ReaderState>> look() {
    if (!context) {
      SHOMEI_TRY(auto opened, Context::open());
      context.emplace(std::move(opened));
    }
    return states_in(*context);
  }

  Result<std::vector<ReaderEvent>> events() {
    auto now = look();
    if (!now) {
      context.reset();
      if (states.empty()) return std::move(now).error();
      now = std::vector<ReaderState>{};
    }
    auto happened = difference(states, *now);
    states = *std::move(now);
    return happened;
  }

  // Whatever it says, the next look tells what has changed.
  void wait(DWORD milliseconds) const {
    std::vector<SCARD_READERSTATE> asked(states.size() + 1);
    for (std::size_t i = 0; i < states.size(); ++i) {
      asked[i].szReader = states[i].name.c_str();
      asked[i].dwCurrentState = expected_state(states[i]);
    }
    asked.back().szReader = kNewReaders;
    ::SCardGetStatusChange(context->get(), milliseconds, asked.data(), static_cast<DWORD>(asked.size()));
  }
};

ReaderWatch::ReaderWatch() : watched_(std::make_unique<Watched>()) {}
ReaderWatch::~ReaderWatch() = default;
ReaderWatch::ReaderWatch(ReaderWatch&&) noexcept = default;

Result<std::vector<ReaderEvent>> ReaderWatch::wait(std::chrono::milliseconds patience) {
  using std::chrono::milliseconds;
  for (auto left = patience;;) {
    SHOMEI_TRY(auto events, watched_->events());
    if (!events.empty() || left <= milliseconds::zero() || !watched_->context) return events;
    const auto part = std::min(left, milliseconds(kWaitMax));
    watched_->wait(static_cast<DWORD>(part.count()));
    left -= part;
  }
}

}  // namespace shomei::card::pcsc
