// DerTree: DER as a tree that tests bend: values are changed, put in, taken out and swapped, and every length
// around them follows.
#pragma once

#include <vector>

#include "der/reader.h"
#include "der/writer.h"

namespace shomei::test {

struct DerTree {
  der::Tag tag = 0;
  Bytes content;                 // of a primitive value
  std::vector<DerTree> members;  // of a constructed one
  Bytes instead;                 // when not empty: these bytes stand for the value, as they are

  static DerTree parse(ByteView bytes) {
    const auto value = der::parse_single(bytes).value();
    DerTree tree{value.tag, {}, {}, {}};
    if (!(value.tag & 0x20)) {
      tree.content = to_bytes(value.content);
      return tree;
    }
    der::Reader reader(value.content);
    while (!reader.done()) tree.members.push_back(parse(reader.take().value().whole));
    return tree;
  }

  Bytes encode() const {
    if (!instead.empty()) return instead;
    if (!(tag & 0x20)) return der::encode(tag, content);
    Bytes all;
    for (const auto& member : members) append(all, member.encode());
    return der::encode(tag, all);
  }

  DerTree& operator[](std::size_t i) { return members.at(i); }
};

}  // namespace shomei::test
