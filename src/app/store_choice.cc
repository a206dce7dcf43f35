#include "app/store_choice.h"

namespace shomei::app {

Result<home::StoreSettings> store_of(const cli::Invocation& invocation, std::string_view option) {
  home::StoreSettings store;
  const std::string url = invocation.get(option, "sqlite");
  if (url != "sqlite") store.url = url;
  if (!invocation.has("password")) return store;
  const std::string text = invocation.get("password");
  SHOMEI_TRY(const auto source, home::parse_pin_source(text));
  // A store is opened again and again, by services too: nobody is asked.
  if (source.from == home::PinSource::From::ask) return malformed("pin_source_form", {{"text", text}});
  store.password = source;
  return store;
}

}  // namespace shomei::app
