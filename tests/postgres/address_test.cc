// The password of an address is wiped from the memory that it passed through. Seen by the allocator of
// AddressSanitizer, which shows every block before it is freed.
#include "store/postgres/address.h"

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <string.h>

#include <atomic>
#include <functional>

// As <sanitizer/allocator_interface.h> says, which GCC leaves out.
#if defined(__SANITIZE_ADDRESS__)
extern "C" {
std::size_t __sanitizer_get_allocated_size(const volatile void* block);
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*, std::size_t),
                                              void (*free_hook)(const volatile void*));
}
#endif

namespace shomei::store::postgres {
namespace {

#if defined(__SANITIZE_ADDRESS__)

constexpr std::string_view kSecret = "a-secret-that-stands-nowhere-else";
std::atomic<bool> counting = false;
std::atomic<int> freed_with_it = 0;

void look(const volatile void* block) {
  if (!counting || block == nullptr) return;
  const auto* bytes = const_cast<const void*>(block);
  if (memmem(bytes, __sanitizer_get_allocated_size(bytes), kSecret.data(), kSecret.size()) != nullptr)
    ++freed_with_it;
}

// How many blocks had the secret in them when they were freed.
int unwiped(const std::function<void()>& step) {
  static const int hooked =
      __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t) {}, look);
  EXPECT_GT(hooked, 0);
  freed_with_it = 0;
  counting = true;
  step();
  counting = false;
  return freed_with_it;
}

// What libpq frees by itself while it reads, and nobody can wipe.
int unwiped_by_libpq(const std::string& text) {
  PQconninfoOption* options = nullptr;
  char* message = nullptr;
  const int count = unwiped([&] { options = PQconninfoParse(text.c_str(), &message); });
  PQconninfoFree(options);
  PQfreemem(message);
  return count;
}

TEST(PostgresAddress, LeavesNoCopyOfAPasswordInFreedMemory) {
  const std::string secret(kSecret);
  const std::string texts[] = {"postgresql://keyholder:" + secret + "@example.test/shomei",
                               "host=example.test password=" + secret + " sslpassword=" + secret,
                               "host=example.test password=x " + secret};
  for (const auto& text : texts) {
    const int unavoidable = unwiped_by_libpq(text);
    EXPECT_EQ(unwiped([&] {
                auto address = Address::parse(text);
                if (address) address->set_password(SecretBytes::of_text("another"));
              }),
              unavoidable)
        << text;
  }
}

#endif

}  // namespace
}  // namespace shomei::store::postgres
