// Tokens: finding one and logging in, then keys and signatures on it.
#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_crypto_token() {
  static constexpr Sentence kSentences[] = {
      {"pkcs11_module_missing",
       "There is no PKCS#11 module at {module} ({why}): install the token's software, or correct the path in "
       "the "
       "settings.",
       "{module} にPKCS#11モジュールがありません "
       "({why})。トークンのソフトウェアをインストールするか、設定のパスを直してください。"},
      {"pkcs11_module_form",
       "{module} is not a PKCS#11 module that this program can use ({why}): name the module of the token's "
       "maker.",
       "{module} は使えるPKCS#11モジュールではありません "
       "({why})。トークンのメーカーのモジュールを指定してください。"},
      {"pkcs11_module_failed",
       "The PKCS#11 module {module} did not begin ({call}: {rv}): look at its own configuration and log.",
       "PKCS#11モジュール {module} が始まりませんでした ({call}: "
       "{rv})。モジュールの設定とログを見てください。"},
      {"token_missing",
       "{module} has no token \"{token}{serial}\"; it has: {found}. Connect the token, or correct the label "
       "or "
       "serial number in the settings.",
       "{module} にトークン「{token}{serial}」がありません。あるのは {found} "
       "です。トークンをつなぐか、設定のラベルまたは製造番号を直してください。"},
      {"token_ambiguous",
       "{module} has several tokens that match \"{token}{serial}\": {found}. Name the one that is meant by "
       "its "
       "serial number.",
       "{module} に「{token}{serial}」に当たるトークンがいくつもあります: "
       "{found}。製造番号で一つに決めてください。"},
      {"token_pin_wrong",
       "The token \"{token}\" (slot {slot} of {module}) refused its PIN ({rv}). It is not tried again: "
       "correct the "
       "PIN in the settings and start again.",
       "トークン「{token}」({module} のスロット {slot}) がPINを受け付けませんでした "
       "({rv})。同じPINはもう試しません。設定のPINを直して、起動し直してください。"},
      {"token_pin_locked",
       "The PIN of the token \"{token}\" (slot {slot} of {module}) is locked: the token's security officer "
       "sets a "
       "new one.",
       "トークン「{token}」({module} のスロット {slot}) のPINがロックされています。トークンの管理者 (SO) "
       "が新しいPINを設定します。"},
      {"token_pin_final_try",
       "One try is left for the PIN of the token \"{token}\" (slot {slot} of {module}), and a program does "
       "not take "
       "it: log in to the token once by hand with the right PIN, then start again.",
       "トークン「{token}」({module} のスロット {slot}) "
       "のPINはあと1回しか試せません。プログラムは試しません。"
       "正しいPINで一度手動でログインしてから、起動し直してください。"},
  };
  return kSentences;
}

std::span<const Sentence> of_crypto_token_keys() {
  static constexpr Sentence kSentences[] = {
      {"token_full",
       "The token \"{token}\" (slot {slot} of {module}) has no memory left ({call}: {rv}): remove keys that "
       "are "
       "needed no more, or use another token.",
       "トークン「{token}」({module} のスロット {slot}) に空きがありません ({call}: "
       "{rv})。要らない鍵を消すか、別のトークンを使ってください。"},
      {"token_busy",
       "All sessions with the token \"{token}\" (slot {slot} of {module}) stayed in use: the token is too "
       "slow for "
       "so many requests, or hangs. Try again, and look at the token's log.",
       "トークン「{token}」({module} のスロット {slot}) "
       "のセッションがすべて使用中のままです。トークンが遅いか、止まっています。"
       "もう一度試し、トークンのログを見てください。"},
      {"token_mechanism_missing",
       "The token \"{token}\" (slot {slot} of {module}) has no {mechanism} ({call}: {rv}): choose another "
       "key type "
       "or another token.",
       "トークン「{token}」({module} のスロット {slot}) は {mechanism} に対応していません ({call}: "
       "{rv})。鍵の種類を変えるか、別のトークンを使ってください。"},
      {"token_lost",
       "The connection with the token \"{token}\" (slot {slot} of {module}) is lost ({call}: {rv}), and one "
       "new "
       "login did not help: see that the token is there, then try again.",
       "トークン「{token}」({module} のスロット {slot}) との接続が切れました ({call}: "
       "{rv})。ログインし直しても駄目でした。トークンがあることを確かめて、もう一度試してください。"},
      {"token_failed",
       "The token \"{token}\" (slot {slot} of {module}) failed ({call}: {rv}): look at the token's log.",
       "トークン「{token}」({module} のスロット {slot}) で失敗しました ({call}: "
       "{rv})。トークンのログを見てください。"},
      {"token_public_key_missing",
       "The token \"{token}\" (slot {slot} of {module}) has the private key \"{name}\" and not its public "
       "key: put "
       "the public key beside it, with the same CKA_ID.",
       "トークン「{token}」({module} のスロット {slot}) "
       "に秘密鍵「{name}」はありますが、公開鍵がありません。同じCKA_IDで公開鍵を入れてください。"},
      {"token_key_form",
       "The key \"{name}\" on the token \"{token}\" (slot {slot} of {module}) cannot be used: {what}.",
       "トークン「{token}」({module} のスロット {slot}) の鍵「{name}」は使えません: {what}"},
      {"token_key_changed",
       "The token \"{token}\" (slot {slot} of {module}) has another key under the name \"{name}\" than when "
       "it was "
       "opened: put the right token back, or start again if the change was meant.",
       "トークン「{token}」({module} のスロット {slot}) "
       "の「{name}"
       "」は、開いたときと別の鍵です。正しいトークンに戻すか、意図した変更なら起動し直してください。"},
      {"key_ambiguous",
       "The token \"{token}\" (slot {slot} of {module}) has several private keys named \"{name}\": rename "
       "all but the "
       "one that is meant.",
       "トークン「{token}」({module} のスロット {slot}) "
       "に「{name}」という秘密鍵がいくつもあります。使うもの以外の名前を変えてください。"},
      {"token_signature_form",
       "The token gave a signature of {bytes} bytes, which is none of its key: have the token examined.",
       "トークンの署名が {bytes} バイトで、鍵の署名の形ではありません。トークンを調べてください。"},
      {"token_signature_wrong",
       "The token \"{token}\" (slot {slot} of {module}) signed wrongly with the key \"{name}\": the "
       "signature was "
       "thrown away. Take the token out of service and have it examined.",
       "トークン「{token}」({module} のスロット {slot}) "
       "が鍵「{name}」で誤った署名をしました。署名は捨てました。トークンの使用をやめて、調べてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
