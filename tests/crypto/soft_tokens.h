// Real SoftHSM tokens for one test: a folder of its own, a copy of the module of its own (SoftHSM reads its
// tokens once, when it begins), and the outside tools that look at both.
#pragma once

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <string>

#include "bent_module.h"
#include "crypto/pkcs11/token.h"

namespace shomei::crypto::pkcs11 {

struct Ran {
  int status = 0;
  std::string output;
};
Ran run(const std::string& command);  // by the shell, both outputs together

inline constexpr std::string_view kPin = "5678";

class SoftTokens {
 public:
  SoftTokens();
  ~SoftTokens();
  SoftTokens(const SoftTokens&) = delete;
  SoftTokens& operator=(const SoftTokens&) = delete;

  void add(const std::string& label);  // before the module begins
  void remove(const std::string& label);
  const std::string& module() const { return module_; }
  // From here on, module() is a bent one around the copy of SoftHSM.
  BentControls& bend();

  Result<std::shared_ptr<Token>> open(const std::string& label, std::string_view pin = kPin) const;
  Ran tool(const std::string& arguments) const;  // pkcs11-tool on the real module, PIN given
  // The functions of the module as somebody else in the process would get them.
  CK_FUNCTION_LIST& functions() const;
  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
  std::string real_, module_;
};

}  // namespace shomei::crypto::pkcs11
