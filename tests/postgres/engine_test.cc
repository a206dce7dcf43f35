#include "store/postgres/engine.h"

#include <gtest/gtest.h>

#include <fstream>

#include "store/engine_suite_of_acts.h"
#include "store/engine_suite_of_processes.h"
#include "tests/postgres/server.h"

namespace shomei::store {
namespace {

std::string describe(const Error& error) {
  return std::string(error.code) + ": " + std::string(error.parameter("what"));
}

struct PostgresStore {
  using Place = FreshStore;
  static Result<std::unique_ptr<journal::Engine>> open_as(const FreshStore& place, OpenMode mode) {
    auto engine = PostgresEngine::open(place.address(), mode);
    if (!engine && engine.error().code != "home_newer") ADD_FAILURE() << describe(engine.error());
    if (!engine) return std::move(engine).error();
    return std::unique_ptr<journal::Engine>(*std::move(engine));
  }
  static Result<std::unique_ptr<journal::Engine>> open(const FreshStore& place) {
    return open_as(place, OpenMode::create);
  }
  static Result<std::unique_ptr<journal::Engine>> open_read_only(const FreshStore& place) {
    return open_as(place, OpenMode::read_only);
  }
  static void pretend_newer(const FreshStore& place) { place.run("UPDATE shomei_form SET version = 99"); }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuite, PostgresStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuiteOfActs, PostgresStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuiteOfProcesses, PostgresStore);

}  // namespace
}  // namespace shomei::store
