// The one library of a process, and what becomes of it when the process forks: the child's copy of pcscd's
// connection would talk into its parent's, so that the child lets go of everything without a word to anyone.
#include <pthread.h>

#include <new>

#include "pkcs11/library.h"

namespace shomei::pkcs11 {
namespace {

struct Process {
  std::mutex mutex;
  std::shared_ptr<Library> library;
};

// Never destroyed: other threads may still call while the process ends.
Process& process() {
  alignas(Process) static unsigned char memory[sizeof(Process)];
  static auto* const made = new (memory) Process;
  return *made;
}

// In the child: another thread of the parent may have held the lock, or be half through a change.
void forget_in_child() {
  new (&process()) Process;
}

// Programs end, and unload the module, without C_Finalize: no PIN may stay behind. pcscd's library is still
// there then.
struct AtExit {
  ~AtExit() {
    try {
      const std::unique_lock lock(process().mutex, std::try_to_lock);
      if (lock && process().library) process().library->stop_at_exit();
    } catch (...) {  // out of memory, at the end of everything
    }
  }
};

}  // namespace

CK_RV begin_library() {
  static const int watching = ::pthread_atfork(nullptr, nullptr, forget_in_child);
  if (watching != 0) return CKR_HOST_MEMORY;
  static const AtExit at_exit;
  const std::scoped_lock lock(process().mutex);
  if (process().library) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
  process().library = std::make_shared<Library>(readers_maker()());
  return CKR_OK;
}

CK_RV end_library() {
  std::shared_ptr<Library> ended;
  {
    const std::scoped_lock lock(process().mutex);
    ended = std::move(process().library);
    process().library.reset();
  }
  if (!ended) return CKR_CRYPTOKI_NOT_INITIALIZED;
  ended->stop();
  return CKR_OK;  // whoever is still in a call holds it until then
}

Outcome<std::shared_ptr<Library>> library() {
  const std::scoped_lock lock(process().mutex);
  if (!process().library) return Refusal{CKR_CRYPTOKI_NOT_INITIALIZED};
  return process().library;
}

}  // namespace shomei::pkcs11
