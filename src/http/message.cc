#include "http/message.h"

#include <algorithm>

namespace shomei::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct Phrase {
  int status;
  std::string_view text;
};

constexpr Phrase kPhrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* find_field(const Fields& fields, std::string_view name) {
  for (const Field& field : fields)
    if (same_name(field.name, name)) return &field.value;
  return nullptr;
}

const std::string* Request::parameter(std::string_view name) const {
  for (const Field& field : query)
    if (field.name == name) return &field.value;
  return nullptr;
}

std::string_view Request::media_type() const {
  const std::string* value = header("Content-Type");
  if (!value) return {};
  std::string_view type = *value;
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return type;
}

Response answer(int status, std::string_view media_type, Bytes body) {
  Response response;
  response.status = status;
  response.headers.push_back({"Content-Type", std::string(media_type)});
  response.body = std::move(body);
  return response;
}

Response plain_error(int status) {
  const std::string text = std::to_string(status) + " " + std::string(reason(status)) + "\n";
  return answer(status, "text/plain; charset=utf-8", to_bytes(std::string_view(text)));
}

std::string_view reason(int status) {
  for (const Phrase& phrase : kPhrases)
    if (phrase.status == status) return phrase.text;
  return "Unknown";
}

}  // namespace shomei::http
