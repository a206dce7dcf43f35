#include "texts/tables.h"

namespace shomei::texts {

namespace {

// Of http/, of services/, which answers for it, and of remote/, which asks it.
constexpr Sentence kSentences[] = {
    {"target_form", "The address of the request cannot be read: {what}. Percent-encode what is not plain.",
     "リクエストの宛先を読めません({what})。特殊な文字はパーセントエンコードしてください。"},
    {"address_form",
     "\"{address}\" is not an address to listen on: write it in numbers, for example 127.0.0.1 or ::1.",
     "「{address}」は待ち受けアドレスではありません。127.0.0.1 や ::1 のように数字で書いてください。"},
    {"port_busy",
     "Port {port} on {address} is in use: stop the program that holds it, or set another port in "
     "shomei.toml.",
     "{address} のポート {port} は使用中です。使っているプログラムを止めるか、shomei.toml "
     "で別のポートにしてください。"},
    {"listen_failed",
     "{address}, port {port}, cannot be listened on: {reason}. Set an address of this machine and a port "
     "that "
     "you may use.",
     "{address} のポート {port} で待ち受けできません({reason})。"
     "この機械のアドレスと使えるポートを設定してください。"},
    {"url_form",
     "\"{url}\" is not an address of a folder on a web server: write http://host[:port]/path. For https, "
     "fetch "
     "the files with another program and name their folder.",
     "「{url}」はウェブサーバーのフォルダーのアドレスではありません。http://ホスト[:ポート]/パス "
     "の形で書いてください。"
     "https の場合は別のプログラムで取得し、そのフォルダーを指定してください。"},
    {"url_missing", "There is nothing at {url}: compare the address with the one that was published.",
     "{url} には何もありません。公開されているアドレスと比べてください。"},
    {"answer_too_large",
     "What {url} answers is larger than the {bytes_max} bytes expected: is it the right address?",
     "{url} の応答が想定の {bytes_max} バイトを超えています。アドレスを確かめてください。"},
    {"fetch_failed", "{url} cannot be fetched: {what}. Try again later, or use another mirror.",
     "{url} を取得できません({what})。後でもう一度試すか、別のミラーを使ってください。"},
    {"socket_path_form", "{path} cannot be a socket: {what}. Set another path.",
     "{path} をソケットにできません({what})。別のパスを設定してください。"},
    {"socket_busy", "Another server answers on {path}: end it, or set another path.",
     "{path} では別のサーバーが応答しています。止めるか、別のパスを設定してください。"},
    {"socket_failed",
     "{path} cannot be listened on: {reason}. Set a path in a folder where this user may write.",
     "{path} で待ち受けできません({reason})。書き込めるフォルダーのパスを設定してください。"},
    {"tls_file_form", "{path} cannot be used for TLS: {what}. Certificates, keys and CAs are PEM files.",
     "{path} を TLS に使えません({what})。証明書、鍵、認証局は PEM ファイルで用意してください。"},
    {"tls_files_missing", "{place} needs TLS: set the files of CA, certificate and key for it.",
     "{place} には TLS が必要です。認証局、証明書、鍵のファイルを設定してください。"},
    {"place_form",
     "\"{place}\" is not where a server is: write unix:/path, http://host:port or https://host:port.",
     "「{place}」はサーバーの場所ではありません。unix:/パス、http://ホスト:ポート、https://ホスト:ポート "
     "の形で書いてください。"},
    {"server_unreachable",
     "{place} cannot be reached: {what}. Nothing was sent; see that it runs, and try again.",
     "{place} に接続できません({what})。何も送られていません。"
     "動いているか確かめて、もう一度試してください。"},
    {"answer_missing",
     "{place} has not answered: {what}. What was asked may have been done: ask again under the same request "
     "identifier.",
     "{place} から応答がありません({what})。処理された可能性があります。"
     "同じ要求識別子でもう一度送ってください。"},
    {"answer_form",
     "What the authority answered cannot be read: {what}. See that both ends have the same version.",
     "認証局の応答を読めません({what})。双方の版が同じか確かめてください。"},
    {"peer_failed",
     "The other end refused with something that this version does not know: {detail} See that both ends have "
     "the same version.",
     "相手からこの版の知らない応答がありました({detail})。双方の版が同じか確かめてください。"},
    {"issue_came_to_nothing",
     "The certificate {serial} was issued and is {state} by now: issue again, as a new request.",
     "証明書 {serial} は発行されましたが、現在は {state} です。新しい要求として発行し直してください。"},
    {"card_not_finished",
     "The certificates {serials} were issued, and nobody knows yet that the card has them ({what}): put it "
     "in "
     "again and say `counter settle`, which completes them or takes them back.",
     "証明書 {serials} は発行されましたが、カードに入ったか分かりません({what})。カードを入れ直して `counter "
     "settle` "
     "を実行してください。書き込みを終えるか、取り消します。"},
    {"request_form",
     "The request is not well-formed HTTP/1.1: look at its first line, its Host and its lengths.",
     "HTTP/1.1 の形のリクエストではありません。先頭行、Host、長さを確かめてください。"},
    {"crl_unknown",
     "There is no revocation list {authority}: ask for /crl/<authority>.crl or .pem, or for one of a "
     "municipality, /crl/<authority>/<code>.crl.",
     "失効リスト {authority} はありません。/crl/<認証局>.crl か .pem、または市区町村の "
     "/crl/<認証局>/<コード>.crl を指定してください。"},
    {"authority_file_unknown", "There is no {file}: /authorities lists what there is.",
     "{file} はありません。/authorities で一覧を見てください。"},
    {"path_unknown", "There is nothing at this path: look it up in the documentation of the service.",
     "このパスには何もありません。サービスの説明書で確かめてください。"},
    {"method_unsupported", "This path does not take this method: use one that the Allow field names.",
     "このパスではこのメソッドは使えません。Allow フィールドにあるものを使ってください。"},
    {"request_slow", "The request did not arrive in time: send it again without pausing.",
     "リクエストが時間内に届きませんでした。途切れないように送り直してください。"},
    {"body_too_large", "The body of the request is larger than this service takes: send less at once.",
     "リクエストの本文が大きすぎます。分けて送ってください。"},
    {"media_type_unknown",
     "This path does not take a body of this media type: set Content-Type as documented.",
     "このパスではこの形式の本文を扱えません。説明書のとおりに Content-Type を設定してください。"},
    {"header_too_large", "The header of the request is larger than this service takes: send fewer fields.",
     "リクエストのヘッダーが大きすぎます。フィールドを減らしてください。"},
    {"transfer_coding_unknown",
     "This service undoes the transfer coding \"chunked\" and no other: send it plain.",
     "転送符号化は chunked だけに対応しています。符号化せずに送ってください。"},
    {"server_busy", "The service has as many connections as it takes: try again in a moment.",
     "接続数が上限に達しています。少し待ってからもう一度お試しください。"},
    {"http_version_unknown", "This service speaks HTTP/1.1: use that, or a proxy that translates.",
     "このサービスは HTTP/1.1 だけに対応しています。HTTP/1.1 かプロキシを使ってください。"},
    {"internal_fault", "The service has failed at this request; its operator finds the reason in the log.",
     "サービスの内部で失敗しました。理由は運用者がログで確認できます。"},
    {"verifier_unregistered",
     "Only registered verifiers may ask here: show your token (Authorization: Bearer ...), or ask over TLS "
     "with your "
     "certificate.",
     "登録された検証者だけが問い合わせできます。トークン(Authorization: Bearer "
     "...)を示すか、TLSで証明書を使ってください。"},
    {"asked_too_often", "You ask more often than is allowed: wait a second.",
     "問い合わせが許された回数を超えています。1秒待ってください。"},
};

}  // namespace

std::span<const Sentence> of_http() {
  return kSentences;
}

}  // namespace shomei::texts
