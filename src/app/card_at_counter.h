// The card that a citizen hands over at a counter: a virtual one from a box, or one in a PC/SC reader.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "card/file/card_file.h"
#include "card/transport.h"
#include "cli/command.h"
#include "counter/card_issuer.h"

namespace shomei::app {

inline constexpr cli::Option kCounterReaderOption{
    "reader", "NAME",
    "the card is in this PC/SC reader (any: in the first that has one), not in the home's box of virtual "
    "cards"};

class CardAtCounter final : public card::Transport {
 public:
  using Take = std::function<Result<std::unique_ptr<card::file::CardFile>>(const CardId&)>;
  // Takes the card that the issuer means when it is spoken to for the first time. `issuer` is borrowed.
  CardAtCounter(const cli::Invocation& invocation, const counter::CardIssuer& issuer, Take take)
      : reader_(invocation.get("reader")), issuer_(issuer), take_(std::move(take)) {}

  // What `take` says, or card/pcsc/pcsc_transport.h.
  Result<Bytes> transmit(ByteView command) override;

 private:
  Result<void> connect();
  const std::string reader_;
  const counter::CardIssuer& issuer_;
  const Take take_;
  std::unique_ptr<card::file::CardFile> file_;
  std::unique_ptr<card::Transport> transport_;
};

}  // namespace shomei::app
