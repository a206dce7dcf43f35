// Finding objects and reading their attributes (PKCS#11 2.40, 5.7). All of them are on the card; none is
// made, changed or destroyed.
#include <algorithm>
#include <cstring>
#include <span>

#include "pkcs11/call.h"

namespace shomei::pkcs11 {
namespace {

constexpr CK_ULONG kTemplateMax = 256;  // more than there are attributes
constexpr CK_ULONG kAttributeBytesMax = 64 * 1024;

Outcome<std::span<CK_ATTRIBUTE>> template_of(CK_ATTRIBUTE* attributes, CK_ULONG count) {
  if ((attributes == nullptr && count > 0) || count > kTemplateMax) return Refusal{CKR_ARGUMENTS_BAD};
  return std::span(attributes, count);
}

CK_RV check_values(std::span<const CK_ATTRIBUTE> wanted) {
  for (const auto& attribute : wanted)
    if (!is_readable(attribute.pValue, attribute.ulValueLen)) return CKR_ARGUMENTS_BAD;
  return CKR_OK;
}

bool matches(const Object& object, std::span<const CK_ATTRIBUTE> wanted) {
  return std::ranges::all_of(wanted, [&](const auto& attribute) {
    const auto* value = object.find(attribute.type);
    return value != nullptr && attribute.ulValueLen <= kAttributeBytesMax &&
           shomei::equal(*value,
                         bytes_of(static_cast<const unsigned char*>(attribute.pValue), attribute.ulValueLen));
  });
}

const Object* visible(const Session& session, CK_OBJECT_HANDLE handle) {
  const auto* object = session.card->objects(session.kind).find(handle);
  return object != nullptr && session.card->sees(session.kind, *object) ? object : nullptr;
}

// The five cases of C_GetAttributeValue.
CK_RV tell(const Object& object, CK_ATTRIBUTE& attribute) {
  const auto refuse = [&](CK_RV rv) {
    attribute.ulValueLen = CK_UNAVAILABLE_INFORMATION;
    return rv;
  };
  if (object.is_sensitive(attribute.type)) return refuse(CKR_ATTRIBUTE_SENSITIVE);
  const auto* value = object.find(attribute.type);
  if (value == nullptr) return refuse(CKR_ATTRIBUTE_TYPE_INVALID);
  if (attribute.pValue != nullptr && attribute.ulValueLen < value->size())
    return refuse(CKR_BUFFER_TOO_SMALL);
  attribute.ulValueLen = value->size();
  if (attribute.pValue != nullptr && !value->empty())
    std::memcpy(attribute.pValue, value->data(), value->size());
  return CKR_OK;
}

}  // namespace
}  // namespace shomei::pkcs11

using namespace shomei::pkcs11;

CK_RV C_FindObjectsInit(CK_SESSION_HANDLE handle, CK_ATTRIBUTE* attributes, CK_ULONG count) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    SHOMEI_TRY(const auto wanted, template_of(attributes, count));
    if (const CK_RV rv = check_values(wanted); rv != CKR_OK) return rv;
    if (session.found) return CKR_OPERATION_ACTIVE;
    session.found.emplace();
    for (const auto& object : session.card->objects(session.kind).all)
      if (session.card->sees(session.kind, object) && matches(object, wanted))
        session.found->push_back(object.handle);
    std::ranges::reverse(*session.found);
    return CKR_OK;
  });
}

CK_RV C_FindObjects(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE* objects, CK_ULONG room, CK_ULONG* count) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (count == nullptr || (objects == nullptr && room > 0)) return CKR_ARGUMENTS_BAD;
    if (!session.found) return CKR_OPERATION_NOT_INITIALIZED;
    for (*count = 0; *count < room && !session.found->empty(); ++*count) {
      objects[*count] = session.found->back();
      session.found->pop_back();
    }
    return CKR_OK;
  });
}

CK_RV C_FindObjectsFinal(CK_SESSION_HANDLE handle) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (!session.found) return CKR_OPERATION_NOT_INITIALIZED;
    session.found.reset();
    return CKR_OK;
  });
}

CK_RV C_GetAttributeValue(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object_handle, CK_ATTRIBUTE* attributes,
                          CK_ULONG count) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    SHOMEI_TRY(const auto asked, template_of(attributes, count));
    const auto* object = visible(session, object_handle);
    if (object == nullptr) return CKR_OBJECT_HANDLE_INVALID;
    CK_RV worst = CKR_OK;
    for (auto& attribute : asked)
      if (const CK_RV rv = tell(*object, attribute); rv != CKR_OK) worst = rv;
    return worst;
  });
}

CK_RV C_GetObjectSize(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object_handle, CK_ULONG* bytes) {
  return with_session(handle, [&](Library&, Session& session) -> CK_RV {
    if (bytes == nullptr) return CKR_ARGUMENTS_BAD;
    const auto* object = visible(session, object_handle);
    if (object == nullptr) return CKR_OBJECT_HANDLE_INVALID;
    *bytes = 0;
    for (const auto& attribute : object->attributes) *bytes += attribute.value.size();
    return CKR_OK;
  });
}
