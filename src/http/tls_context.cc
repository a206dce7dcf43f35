#include "http/tls_context.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include "base/check.h"

namespace shomei::http {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds kLookPause{1};

Error file_form(const std::filesystem::path& path, const error_code& ec) {
  return malformed("tls_file_form", {{"path", path.string()}, {"what", ec.message()}});
}

TlsContext new_context(ssl::context::method method) {
  auto context = std::make_shared<ssl::context>(method);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  // Each connection shows its certificate anew: nobody goes on by a session after it has expired.
  SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context->native_handle(), 0);
  return context;
}

Result<void> use_identity(ssl::context& context, const std::filesystem::path& certificate,
                          const std::filesystem::path& key) {
  error_code ec;
  context.use_certificate_chain_file(certificate.string(), ec);
  if (ec) return file_form(certificate, ec);
  context.use_private_key_file(key.string(), ssl::context::pem, ec);
  if (ec) return file_form(key, ec);
  return {};
}

void limit_to_cards(ssl::context& context) {
  SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_2_VERSION);
  SHOMEI_INVARIANT(
      SSL_CTX_set1_client_sigalgs_list(context.native_handle(), "RSA+SHA256:ECDSA+SHA256:ECDSA+SHA384") == 1);
}

Result<void> trust(ssl::context& context, const std::filesystem::path& authorities) {
  error_code ec;
  context.load_verify_file(authorities.string(), ec);
  if (ec) return file_form(authorities, ec);
  return {};
}

}  // namespace

Result<TlsContext> server_context(const TlsServer& files) {
  auto context = new_context(ssl::context::tls_server);
  SHOMEI_CHECK(use_identity(*context, files.certificate, files.key));
  SHOMEI_CHECK(trust(*context, files.clients));
  context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
  if (files.for_cards) limit_to_cards(*context);
  SSL_CTX_set_client_CA_list(context->native_handle(), SSL_load_client_CA_file(files.clients.c_str()));
  return context;
}

Result<TlsContext> client_context(const TlsClient& files) {
  auto context = new_context(ssl::context::tls_client);
  SHOMEI_CHECK(trust(*context, files.authorities));
  if (!files.certificate.empty()) SHOMEI_CHECK(use_identity(*context, files.certificate, files.key));
  context->set_verify_mode(ssl::verify_peer);
  return context;
}

void expect_host(ssl::context& context, const std::string& host) {
  context.set_verify_callback(ssl::host_name_verification(host));
}

void name_host(SSL* connection, const std::string& host) {
  SSL_set_tlsext_host_name(connection, host.c_str());
}

std::optional<PeerCertificate> certificate_of_peer(SSL* connection) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(connection),
                                                                &X509_free);
  if (!certificate) return std::nullopt;
  PeerCertificate peer;
  unsigned length = 0;
  SHOMEI_INVARIANT(X509_digest(certificate.get(), EVP_sha256(), peer.sha256.data(), &length) == 1);
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), &BIO_free);
  X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate.get()), 0, XN_FLAG_RFC2253);
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(text.get(), &bytes);
  peer.subject.assign(bytes, static_cast<std::size_t>(size));
  return peer;
}

FreshContext::FreshContext(TlsServer files, TlsContext context)
    : files_(std::move(files)), context_(std::move(context)), seen_(stamps()) {}

FreshContext::Stamps FreshContext::stamps() const {
  Stamps stamps{};
  const std::filesystem::path* paths[] = {&files_.certificate, &files_.key, &files_.clients};
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    struct stat status {};
    if (::stat(paths[i]->c_str(), &status) != 0) continue;
    stamps[i] = {status.st_mtim.tv_sec, status.st_mtim.tv_nsec, static_cast<std::int64_t>(status.st_ino),
                 status.st_size};
  }
  return stamps;
}

const TlsContext& FreshContext::get(std::chrono::steady_clock::time_point now,
                                    const std::function<void(std::string_view)>& log) {
  if (now < look_again_at_) return context_;
  look_again_at_ = now + kLookPause;
  const auto found = stamps();
  if (found == seen_) return context_;
  seen_ = found;
  auto fresh = server_context(files_);
  if (fresh)
    context_ = *std::move(fresh);
  else if (log)
    log("new TLS files are not used: " + std::string(fresh.error().parameter("path")) + ": " +
        std::string(fresh.error().parameter("what")));
  return context_;
}

}  // namespace shomei::http
