#include "soft_tokens.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <stdio.h>
#include <stdlib.h>

#include <fstream>

// SoftHSM leaks the name of an Edwards curve at each signature. Its frames are seen by the slow unwinder
// alone, which need not go far beyond them.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "fast_unwind_on_malloc=0:malloc_context_size=12";
}
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:softhsm.so\n";
}

namespace shomei::crypto::pkcs11 {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";

}  // namespace

Ran run(const std::string& command) {
  FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  Ran ran;
  char buffer[4096];
  for (std::size_t got = 0; (got = ::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    ran.output.append(buffer, got);
  ran.status = ::pclose(pipe);
  return ran;
}

SoftTokens::SoftTokens() {
  std::string name = (fs::temp_directory_path() / "shomei-tokens-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  real_ = module_ = (folder_ / "softhsm.so").string();
  fs::copy_file(kSoftHsm, real_);
  fs::create_directory(folder_ / "tokens");
  const auto configuration = folder_ / "softhsm2.conf";
  std::ofstream(configuration) << "directories.tokendir = " << (folder_ / "tokens").string()
                               << "\nobjectstore.backend = file\nlog.level = ERROR\n";
  ::setenv("SOFTHSM2_CONF", configuration.c_str(), 1);
}

SoftTokens::~SoftTokens() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void SoftTokens::add(const std::string& label) {
  const auto ran = run("softhsm2-util --init-token --free --so-pin 123456 --pin " + std::string(kPin) +
                       " --label '" + label + "'");
  ASSERT_EQ(ran.status, 0) << ran.output;
}

void SoftTokens::remove(const std::string& label) {
  const auto ran = run("softhsm2-util --delete-token --token '" + label + "'");
  ASSERT_EQ(ran.status, 0) << ran.output;
}

BentControls& SoftTokens::bend() {
  ::setenv("SHOMEI_BENT_REAL", real_.c_str(), 1);
  module_ = (folder_ / "bent.so").string();
  fs::copy_file(SHOMEI_BENT_MODULE, module_);
  void* const library = ::dlopen(module_.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto controls = reinterpret_cast<BentControls* (*)()>(::dlsym(library, "bent_controls"));
  return *controls();
}

Result<std::shared_ptr<Token>> SoftTokens::open(const std::string& label, std::string_view pin) const {
  return Token::open({.module = module_, .label = label, .serial = {}, .pin = SecretBytes::of_text(pin)});
}

Ran SoftTokens::tool(const std::string& arguments) const {
  return run("pkcs11-tool --module " + real_ + " --login --pin " + std::string(kPin) + " " + arguments);
}

CK_FUNCTION_LIST& SoftTokens::functions() const {
  void* const library = ::dlopen(module_.c_str(), RTLD_NOW | RTLD_LOCAL);
  CK_FUNCTION_LIST* list = nullptr;
  reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"))(&list);
  return *list;
}

}  // namespace shomei::crypto::pkcs11
