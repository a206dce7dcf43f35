// Filling of the store of a home (store/filling.h), in the engine that its settings name.
#pragma once

#include <memory>

#include "home/layout.h"
#include "home/store_settings.h"
#include "store/filling.h"

namespace shomei::home {

// What the engines say. Nobody else may use the home meanwhile.
Result<std::unique_ptr<store::Filling>> open_filling(const Layout& layout, const StoreSettings& settings);
// Once the filling is finished and the home is closed: its store is the filled one from here on. conflict
// "store_changed"
Result<void> take_filled(const Layout& layout, const StoreSettings& settings);

}  // namespace shomei::home
