// What every function of the interface begins with. No exception crosses the border; the one library of the
// process is looked up; a session's function holds its card's lock and wants the card that the session was
// opened with.
#pragma once

#include <p11-kit/pkcs11.h>

#include <mutex>
#include <new>
#include <string_view>

#include "pkcs11/library.h"

namespace shomei::pkcs11 {

// Longer data than any application has reason to send: a length that is wrong must not be believed.
inline constexpr CK_ULONG kDataBytesMax = CK_ULONG{1} << 30;

template <class Call>
CK_RV guarded(Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return CKR_HOST_MEMORY;
  } catch (...) {
    return CKR_GENERAL_ERROR;
  }
}

template <class Call>  // (Library&) -> CK_RV
CK_RV with_library(Call call) noexcept {
  return guarded([&]() -> CK_RV {
    SHOMEI_TRY(const auto one, library());
    return call(*one);
  });
}

template <class Call>  // (Library&, const Slot&) -> CK_RV
CK_RV with_slot(CK_SLOT_ID id, Call call) noexcept {
  return with_library([&](Library& library) -> CK_RV {
    SHOMEI_TRY(const auto slot, library.slot(id));
    const std::scoped_lock lock(slot.card->mutex());
    library.look(*slot.card);
    const CK_RV rv = call(library, slot);
    library.rest(*slot.card);
    return rv;
  });
}

// Looked up a second time: another thread may have closed it while this one waited for the card.
template <class Call>  // (Library&, Session&) -> CK_RV
CK_RV with_any_session(CK_SESSION_HANDLE handle, Call call) noexcept {
  return with_library([&](Library& library) -> CK_RV {
    SHOMEI_TRY(const auto session, library.session(handle));
    const std::scoped_lock lock(session->card->mutex());
    SHOMEI_CHECK(library.session(handle));
    return call(library, *session);
  });
}

template <class Call>  // (Library&, Session&) -> CK_RV
CK_RV with_session(CK_SESSION_HANDLE handle, Call call) noexcept {
  return with_any_session(handle, [&](Library& library, Session& session) -> CK_RV {
    library.look(*session.card);
    if (session.presence != session.card->presence()) return CKR_DEVICE_REMOVED;
    return call(library, session);
  });
}

// Of the computing steps of an operation, which there may be thousands of: whether the card is still there is
// for the last one to find out.
template <class Call>  // (Session&) -> CK_RV
CK_RV with_session_unseen(CK_SESSION_HANDLE handle, Call call) noexcept {
  return with_any_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (session.presence != session.card->presence()) return CKR_DEVICE_REMOVED;
    return call(session);
  });
}

// Bytes of the application; none when the pointer is null and the length zero.
inline bool is_readable(const void* data, CK_ULONG length) {
  return (data != nullptr || length == 0) && length <= kDataBytesMax;
}
inline ByteView bytes_of(const unsigned char* data, CK_ULONG length) {
  return {data, data == nullptr ? 0 : length};
}

// Fields of fixed length are filled up with blanks (PKCS#11 2.40, 3.1); what is not printable ASCII becomes a
// question mark, because a card or reader may say anything.
template <std::size_t N>
void fill(unsigned char (&field)[N], std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    field[i] = static_cast<unsigned char>(c >= ' ' && c <= '~' ? c : '?');
  }
}

}  // namespace shomei::pkcs11
