#include "pkcs11/dialogue.h"

#include <algorithm>
#include <array>

namespace shomei::pkcs11 {
namespace {

constexpr std::string_view kSelect = "00A4";

// After these there is no connection any more, or none that is worth keeping.
constexpr std::array<std::string_view, 8> kLost{"card_gone",   "card_missing",        "card_mute",
                                                "card_reset",  "reader_unknown",      "reader_none",
                                                "pcsc_failed", "pcsc_service_missing"};

}  // namespace

Result<void> Dialogue::begin(Selection selection) {
  if (!link_) {
    SHOMEI_TRY(link_, readers_.connect(reader_));
    terminal_.emplace(*link_);
    selected_ = false;
    ++epoch_;
  }
  SHOMEI_TRY(const bool was_reset, link_->begin());
  in_act_ = true;
  certainly_ = false;
  if (was_reset) {
    selected_ = false;
    ++epoch_;
  }
  if (selected_ && selection == Selection::as_left) return {};
  const auto found = find_application();
  if (!found) end();
  return found;
}

// No other application has a file of this name (jpki-facts 1.2 and 1.7), so that it tells which one is
// selected.
Result<void> Dialogue::find_application() {
  const auto tries = terminal_->tries_left(card::Kind::user_authentication);
  if (tries) {
    selected_ = certainly_ = true;
    return {};
  }
  if (std::ranges::find(kLost, tries.error().code) != kLost.end()) return tries.error();
  return drop_pins();
}

Result<void> Dialogue::drop_pins() {
  if (!in_act_) return run(Selection::as_left, [this](card::client::Terminal&) { return drop_pins(); });
  ++epoch_;
  selected_ = certainly_ = false;
  SHOMEI_CHECK(terminal_->select_jpki());
  selected_ = certainly_ = true;
  return {};
}

void Dialogue::end() noexcept {
  in_act_ = false;
  if (link_) link_->end();
}

// A file that is not there, or no application at all, where this process had found or made one.
bool Dialogue::is_deselected(const Error& error) const {
  if (certainly_) return false;
  return error.code == "not_a_jpki_card" ||
         (error.code == "card_answer" && error.parameter("command").starts_with(kSelect));
}

void Dialogue::note(const Error& error) {
  if (std::ranges::find(kLost, error.code) != kLost.end()) close();
}

void Dialogue::close() {
  end();
  terminal_.reset();
  link_.reset();
  selected_ = false;
  ++epoch_;
}

}  // namespace shomei::pkcs11
