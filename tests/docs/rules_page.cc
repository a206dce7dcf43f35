// shomei-rules-page TOP [PAGE]: writes docs/rules.md of the repository at TOP to the file PAGE, or to
// standard output. Exits 1 when an example cannot be read.

#include <fstream>
#include <iostream>
#include <sstream>

#include "explain/rules_page.h"
#include "texts/says.h"

namespace {

using shomei::Result;

Result<std::string> read_below(const std::string& top, const std::string& path) {
  std::ifstream file(top + "/" + path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return file ? Result<std::string>(text.str()) : Result<std::string>(shomei::not_found("no_file"));
}

int write(const std::string& page, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << page << std::flush;
  return file ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::cerr << "shomei-rules-page TOP [PAGE]\n";
    return 2;
  }
  const auto read = [&](const std::string& path) { return read_below(words[1], path); };
  const auto page = shomei::explain::rules_page(shomei::rules::current_rule_set(), read);
  if (!page) {
    std::cerr << shomei::texts::says(page.error(), shomei::texts::Language::en) << "\n";
    return 1;
  }
  if (count > 2) return write(*page, words[2]);
  std::cout << *page;
  return 0;
}
