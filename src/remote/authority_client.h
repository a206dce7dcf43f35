// The authority as a counter sees it. Each act is asked again under its request identifier while the
// authority does not answer, for as long as the counter's patience lasts. Used by one thread at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "http/client.h"
#include "services/acts/act_requests.h"
#include "services/acts/card_json.h"
#include "services/acts/decide.h"

namespace shomei::remote {

struct Patience {
  std::chrono::milliseconds whole{20'000};
  std::chrono::milliseconds pause{200};
};

class AuthorityClient {
 public:
  explicit AuthorityClient(http::Client client, texts::Language language, Patience patience = {});

  // Errors are the authority's own, and unavailable "server_unreachable", "answer_missing", "peer_failed";
  // malformed "answer_form".
  Result<services::Outlook> decide(const services::Question& question);
  Result<journal::CertificateRecord> issue(const counter::CertificateRequest& request);
  Result<journal::CertificateRecord> confirm(const services::Confirmation& confirmation);
  Result<journal::CertificateRecord> revoke(const counter::StatusRequest& request);
  Result<journal::CertificateRecord> suspend(const counter::StatusRequest& request);
  Result<journal::CertificateRecord> restore(const counter::StatusRequest& request);
  Result<std::string> block_key(
      const counter::BlockRequest& request);                          // the document of docs/formats/acts.md
  Result<std::string> approve(const services::Agreement& agreement);  // the proposal's document
  // A card at this counter's terminal (card_issuer.h).
  Result<services::CardTurn> open_card(const services::CardOpening& opening);
  Result<services::CardTurn> begin_errand(const services::CardErrand& errand);
  Result<services::CardTurn> go_on(const services::CardAnswers& answers);
  // The memory of a virtual card as it leaves the factory.
  Result<SecretBytes> blank_card(const services::CardOpening& opening);

 private:
  Result<std::string> post(std::string target, const std::string& body);
  Result<services::CardTurn> turn(std::string target, const std::string& body);
  Result<std::string> ask(const http::Client::Question& question);
  Result<journal::CertificateRecord> act(std::string target, const std::string& body);
  http::Client client_;
  texts::Language language_;
  Patience patience_;
};

}  // namespace shomei::remote
