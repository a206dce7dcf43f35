#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_card_channel() {
  static constexpr Sentence kSentences[] = {
      {"channel_answer_form",
       "The card's answer to INITIALIZE UPDATE is not of SCP03 ({data}): it is not a card of this issuer.",
       "カードの INITIALIZE UPDATE への応答が SCP03 "
       "の形ではありません({data})。この発行者のカードではありません。"},
      {"channel_card_wrong",
       "The card {card} does not prove that it has the issuer's keys: nothing was sent to it. Use another "
       "card.",
       "カード {card} は発行者の鍵を持つと証明できません。何も送っていません。別のカードを使ってください。"},
      {"channel_level",
       "The card cannot protect the channel at level {level} (its options are {card}): use another card.",
       "カードはレベル {level} の保護に対応していません(オプション {card})。別のカードを使ってください。"},
      {"channel_not_opened",
       "The card did not open the channel ({sw}): put it back on the reader and begin again.",
       "カードが通信路を開きませんでした({sw})。リーダーに置き直して、最初からやり直してください。"},
      {"channel_answer_wrong",
       "An answer of {bytes} bytes is not what the card said: it was changed on the way, and the channel is "
       "closed. "
       "Begin again, at another terminal if it happens twice.",
       "{bytes} バイトの応答はカードが答えたものではありません。途中で変えられたため、通信路を閉じました。"
       "最初からやり直し、繰り返すなら別の端末を使ってください。"},
      {"channel_closed", "The channel to the card is closed: begin again.",
       "カードとの通信路は閉じています。最初からやり直してください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
