// What the tests of the PostgreSQL store say often.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "crypto/private_key.h"
#include "journal/checkpoint.h"
#include "journal/transaction.h"
#include "journal/verify.h"
#include "store/engine_suite_rows.h"
#include "store/postgres/engine.h"
#include "tests/postgres/server.h"

namespace shomei::store {

inline std::unique_ptr<PostgresEngine> opened(const std::string& address, OpenMode mode = OpenMode::create) {
  auto engine = PostgresEngine::open(address, mode);
  if (!engine) ADD_FAILURE() << engine.error().code << ": " << engine.error().parameter("what");
  return std::move(engine.value());
}

inline std::string code_of(const Result<std::unique_ptr<PostgresEngine>>& engine) {
  return engine ? "opened" : std::string(engine.error().code);
}

// A journal over an engine, with a key of its own.
struct Spine {
  explicit Spine(journal::Engine& engine) : journal(engine, *signer, clock, "postgres.example") {}
  journal::VerifyReport verify() const {
    const auto key = journal::encode_verifier_key("postgres.example", signer->public_key());
    const auto rows = std::move(journal.read().value());
    return journal::verify_journal(*rows, {*journal::parse_verifier_key(key), {}}).value();
  }
  // An act with an entry and a row.
  Result<void> act(const std::string& name) const {
    SHOMEI_TRY(auto transaction, journal.begin());
    SHOMEI_CHECK(transaction.rows().insert(suite::resident("resident-" + name)));
    SHOMEI_CHECK(transaction.append(
        {.act = suite::id<ActId>("act-number-" + name), .person = {{"facts", to_bytes("x")}}}));
    return transaction.commit();
  }
  std::unique_ptr<crypto::Signer> signer =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  suite::TestClock clock;
  journal::Journal journal;
};

}  // namespace shomei::store
