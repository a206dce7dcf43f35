// Filling of a store in PostgreSQL: by COPY, in one transaction that has the head. The indexes over what is
// random are taken away first and built again behind the rows, by their own definitions, as reading a dump
// does. Everybody else waits meanwhile, or gives up. The server is chosen, and has to be fit to write, as for
// acts (open.h).
#pragma once

#include <memory>

#include "store/filling.h"
#include "store/postgres/address.h"

namespace shomei::store::postgres {

Result<std::unique_ptr<Filling>> fill_database(Address address);

}  // namespace shomei::store::postgres
