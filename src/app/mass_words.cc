#include "app/mass_words.h"

#include "base/shown_text.h"

namespace shomei::app {
namespace {

constexpr std::size_t kMunicipalitiesShown = 20;

std::string line(std::string_view what, const std::string& value) {
  return "  " + std::string(what) + ": " + value + "\n";
}

std::string counted(std::string_view what, const mass::Counts& counts) {
  std::string text;
  std::size_t shown = 0;
  for (const auto& [name, count] : counts) {
    if (++shown > kMunicipalitiesShown) continue;
    text +=
        (text.empty() ? "" : ", ") + (name.empty() ? "none" : shown_line(name)) + " " + std::to_string(count);
  }
  if (shown > kMunicipalitiesShown) text += ", and " + std::to_string(shown - kMunicipalitiesShown) + " more";
  return text.empty() ? "" : line(what, text);
}

}  // namespace

mass::Folder mass_folder(const home::Home& home) {
  return {home.layout().mass()};
}

mass::Parts mass_parts(home::Home& home) {
  return {.counter = home.parts(), .folder = mass_folder(home)};
}

std::string order_words(const mass::Order& order) {
  const auto& found = order.found;
  std::string text = "Order " + order.id.text() + ": " + std::string(mass::name(order.verb)) + " " +
                     std::to_string(found.certificates) + " certificates of " +
                     std::to_string(found.residents) + " residents\n";
  text += line("query", shown_line(order.query));
  if (!order.cause.empty()) text += line("cause", shown_line(order.cause));
  text += counted("by municipality", found.by_municipality) + counted("by kind", found.by_kind) +
          counted("by authority", found.by_authority) + counted("not on the list", found.passed_over);
  text += "  some of them, at random:\n";
  for (const auto& one : found.sample)
    text += "    " + one.serial.hex() + "  " + one.authority + "  " + shown_line(one.municipality) +
            "  until " + format_date(one.last_day) + "\n";
  text += line("list (SHA-256)", to_hex_upper(order.list));
  text += line("to be approved (SHA-256)", to_hex_upper(order.content));
  return text + "Nothing has been carried out. Next: shomei mass run " + order.id.text() + "\n";
}

std::string standing_words(const mass::Standing& standing) {
  return standing.order.id.text() + "  " + std::string(mass::name(standing.order.verb)) + "  " +
         std::string(mass::name(standing.stage)) + "  " + std::to_string(standing.through) + " of " +
         std::to_string(standing.order.found.certificates) + "  fixed " +
         format_jst(standing.order.fixed_at) + "\n";
}

std::string report_words(const mass::Report& report) {
  const auto& standing = report.standing;
  std::string text = standing_words(standing);
  text += line("carried out", std::to_string(standing.done) + " certificates of " +
                                  std::to_string(report.residents) + " residents, in " +
                                  std::to_string(standing.parts) + " entries");
  text += counted("by municipality", report.by_municipality) + counted("by kind", report.by_kind) +
          counted("passed over", report.passed_over);
  for (const auto& list : report.lists)
    text += line("shown in", list.name + " number " + std::to_string(list.number) + " of " +
                                 format_jst(list.this_update));
  return text;
}

}  // namespace shomei::app
