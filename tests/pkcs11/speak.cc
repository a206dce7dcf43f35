// speak MODULE: a PKCS#11 application that does what its standard input says, a call a line, and answers each
// with a line: the code by its name, then what came of it. For scripts that watch a module step by step.
//   initialize | finalize | slots [present] | token N | wait [block] | open N [write]
//   close | info | login PIN | context PIN | logout | set-pin OLD NEW | find | random N
//   init MECHANISM | sign TEXT | update TEXT | final        MECHANISM: rsa, sha256-rsa, pss, sha256-pss,
//   ecdsa, … child CALL    the call, made by a child process after a fork
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "crypto/pkcs11/failed.h"

namespace {

using shomei::to_hex;

CK_FUNCTION_LIST* module = nullptr;
CK_SESSION_HANDLE session = 0;

std::string name(CK_RV rv) {
  static const std::map<CK_RV, std::string> kMore{
      {CKR_OK, "CKR_OK"},
      {CKR_NO_EVENT, "CKR_NO_EVENT"},
      {CKR_USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"},
      {CKR_CRYPTOKI_ALREADY_INITIALIZED, "CKR_CRYPTOKI_ALREADY_INITIALIZED"}};
  const auto found = kMore.find(rv);
  return found == kMore.end() ? shomei::crypto::pkcs11::name_of(rv) : found->second;
}

unsigned char* data(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string listed(const std::vector<unsigned long>& numbers, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count && i < numbers.size(); ++i) text += " " + std::to_string(numbers[i]);
  return text;
}

std::string slots(bool present) {
  std::vector<CK_SLOT_ID> list(32);
  CK_ULONG count = list.size();
  const CK_RV rv = module->C_GetSlotList(present, list.data(), &count);
  return name(rv) + (rv == CKR_OK ? listed(list, count) : "");
}

std::string token(CK_SLOT_ID slot) {
  CK_TOKEN_INFO info{};
  const CK_RV rv = module->C_GetTokenInfo(slot, &info);
  if (rv != CKR_OK) return name(rv);
  const std::string serial(reinterpret_cast<char*>(info.serialNumber), sizeof info.serialNumber);
  const auto flag = [&](CK_FLAGS bit, const char* says) { return info.flags & bit ? says : ""; };
  return name(rv) + " serial " + serial + flag(CKF_USER_PIN_COUNT_LOW, " low") +
         flag(CKF_USER_PIN_FINAL_TRY, " final") + flag(CKF_USER_PIN_LOCKED, " locked");
}

std::string find() {
  CK_RV rv = module->C_FindObjectsInit(session, nullptr, 0);
  if (rv != CKR_OK) return name(rv);
  std::vector<CK_OBJECT_HANDLE> found(16);
  CK_ULONG count = 0;
  rv = module->C_FindObjects(session, found.data(), found.size(), &count);
  module->C_FindObjectsFinal(session);
  return name(rv) + listed(found, count);
}

CK_RV init(const std::string& mechanism) {
  static const std::map<std::string, CK_MECHANISM_TYPE> kMechanisms{
      {"rsa", CKM_RSA_PKCS},     {"sha256-rsa", CKM_SHA256_RSA_PKCS},
      {"pss", CKM_RSA_PKCS_PSS}, {"sha256-pss", CKM_SHA256_RSA_PKCS_PSS},
      {"ecdsa", CKM_ECDSA},      {"sha384-ecdsa", CKM_ECDSA_SHA384}};
  CK_RSA_PKCS_PSS_PARAMS pss{CKM_SHA256, CKG_MGF1_SHA256, 32};
  CK_MECHANISM asked{kMechanisms.at(mechanism), nullptr, 0};
  if (mechanism.ends_with("pss")) asked = {asked.mechanism, &pss, sizeof pss};
  CK_OBJECT_CLASS wanted = CKO_PRIVATE_KEY;
  CK_ATTRIBUTE only{CKA_CLASS, &wanted, sizeof wanted};
  CK_OBJECT_HANDLE key = 0;
  CK_ULONG count = 0;
  CK_RV rv = module->C_FindObjectsInit(session, &only, 1);
  if (rv != CKR_OK) return rv;
  module->C_FindObjects(session, &key, 1, &count);
  module->C_FindObjectsFinal(session);
  return count == 0 ? CKR_USER_NOT_LOGGED_IN : module->C_SignInit(session, &asked, key);
}

std::string signature(CK_RV rv, const std::array<unsigned char, 512>& made, CK_ULONG length) {
  return name(rv) + (rv == CKR_OK ? " " + to_hex(shomei::ByteView(made).first(length)) : "");
}

std::string sign(std::string text) {
  std::array<unsigned char, 512> made;
  CK_ULONG length = made.size();
  const CK_RV rv = module->C_Sign(session, data(text), text.size(), made.data(), &length);
  return signature(rv, made, length);
}

std::string sign_final() {
  std::array<unsigned char, 512> made;
  CK_ULONG length = made.size();
  const CK_RV rv = module->C_SignFinal(session, made.data(), &length);
  return signature(rv, made, length);
}

std::string random(std::size_t bytes) {
  std::string made(bytes, '\0');
  const CK_RV rv = module->C_GenerateRandom(session, data(made), made.size());
  return name(rv) + " " + to_hex(shomei::view(made));
}

std::string session_info() {
  CK_SESSION_INFO info{};
  const CK_RV rv = module->C_GetSessionInfo(session, &info);
  return name(rv) + (rv == CKR_OK ? " state " + std::to_string(info.state) : "");
}

std::string answer(const std::string& line);

std::string in_child(const std::string& call) {
  std::cout.flush();
  const pid_t child = ::fork();
  if (child == 0) {
    std::cout << answer(call) << std::endl;
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status == 0 ? "" : "the child has ended with " + std::to_string(status);
}

std::string answer(const std::string& line) {
  std::istringstream words(line);
  std::string call, first, second;
  words >> call >> first >> second;
  const auto number = [&] { return std::stoul(first); };
  if (call == "initialize") return name(module->C_Initialize(nullptr));
  if (call == "finalize") return name(module->C_Finalize(nullptr));
  if (call == "slots") return slots(first == "present");
  if (call == "token") return token(number());
  if (call == "open")
    return name(module->C_OpenSession(number(), CKF_SERIAL_SESSION | (second == "write" ? CKF_RW_SESSION : 0),
                                      nullptr, nullptr, &session));
  if (call == "close") return name(module->C_CloseSession(session));
  if (call == "info") return session_info();
  if (call == "login") return name(module->C_Login(session, CKU_USER, data(first), first.size()));
  if (call == "context")
    return name(module->C_Login(session, CKU_CONTEXT_SPECIFIC, data(first), first.size()));
  if (call == "logout") return name(module->C_Logout(session));
  if (call == "set-pin")
    return name(module->C_SetPIN(session, data(first), first.size(), data(second), second.size()));
  if (call == "find") return find();
  if (call == "init") return name(init(first));
  if (call == "sign") return sign(first);
  if (call == "update") return name(module->C_SignUpdate(session, data(first), first.size()));
  if (call == "final") return sign_final();
  if (call == "random") return random(number());
  if (call == "child") return in_child(line.substr(call.size() + 1));
  if (call == "wait") {
    CK_SLOT_ID slot = 0;
    const CK_RV rv = module->C_WaitForSlotEvent(first == "block" ? 0 : CKF_DONT_BLOCK, &slot, nullptr);
    return name(rv) + (rv == CKR_OK ? " " + std::to_string(slot) : "");
  }
  return "no such call: " + line;
}

}  // namespace

int main(int count, char** arguments) {
  void* const library = count == 2 ? ::dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : nullptr;
  const auto list =
      library ? reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList")) : nullptr;
  if (list == nullptr || list(&module) != CKR_OK) {
    std::cerr << "usage: speak MODULE; " << (count == 2 ? ::dlerror() : "") << "\n";
    return 2;
  }
  for (std::string line; std::getline(std::cin, line) && line != "end";)
    if (const auto said = answer(line); !said.empty()) std::cout << said << std::endl;
}
