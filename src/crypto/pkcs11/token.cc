#include "crypto/pkcs11/token.h"

#include "crypto/pkcs11/sessions.h"

namespace shomei::crypto::pkcs11 {

Result<std::shared_ptr<Token>> Token::open(TokenOptions options) {
  SHOMEI_TRY(auto module, Module::load(options.module));
  SHOMEI_TRY(auto sessions,
             Sessions::open(std::move(module), {options.label, options.serial}, std::move(options.pin)));
  return std::shared_ptr<Token>(new Token(std::move(sessions)));
}

TokenDescription Token::describe() const {
  const TokenSeen seen = sessions_->seen();
  return {seen.label, seen.serial, seen.manufacturer, seen.model, seen.slot};
}

}  // namespace shomei::crypto::pkcs11
