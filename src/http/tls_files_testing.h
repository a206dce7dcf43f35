// For tests alone: a folder that goes away, with CAs and certificates that openssl(1) makes in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "http/tls.h"

namespace shomei::http {

class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "shomei-http-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  // The exit code of a shell line that runs here; what it says is in the file `said`.
  int run(const std::string& line) const {
    const std::string whole = "cd " + path_.string() + " && { " + line + "; } > said 2>&1 < /dev/null";
    return WEXITSTATUS(std::system(whole.c_str()));
  }
  std::string said() const {
    std::ifstream file(path_ / "said");
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path path_;
};

// NAME.crt and NAME.key of a CA, and of others that it vouches for.
class TlsFiles : public TestFolder {
 public:
  TlsFiles() {
    make_authority("ca");
    make("server", "ca");
    make("client", "ca");
  }

  void make_authority(const std::string& name) const {
    must("openssl req -x509 " + kKey + " -subj /CN=" + name + " -days 2 -keyout " + name + ".key -out " +
         name + ".crt");
  }
  void make(const std::string& name, const std::string& authority, int days = 2) const {
    must("openssl req " + kKey + " -subj /O=Inagi/CN=" + name + " -keyout " + name + ".key -out csr");
    must("echo 'subjectAltName=IP:127.0.0.1,DNS:localhost' > more");
    must("openssl x509 -req -in csr -CA " + authority + ".crt -CAkey " + authority + ".key -days " +
         std::to_string(days) + " -extfile more -out " + name + ".crt");
  }

  TlsServer server() const { return {*this / "server.crt", *this / "server.key", *this / "ca.crt"}; }
  TlsClient client(const std::string& name = "client") const {
    return {*this / "ca.crt", *this / (name + ".crt"), *this / (name + ".key")};
  }

 private:
  static inline const std::string kKey = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  void must(const std::string& line) const { EXPECT_EQ(run(line), 0) << line << "\n" << said(); }
};

}  // namespace shomei::http
