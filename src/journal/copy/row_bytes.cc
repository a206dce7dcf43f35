#include "journal/copy/row_bytes.h"

namespace shomei::journal {
namespace {

// Numbers have eight bytes; texts and bytes have their length in front, in four; what may be missing has a
// byte in front that says whether it is there.
class Writer {
 public:
  explicit Writer(RowKind kind) { bytes_.push_back(static_cast<std::uint8_t>(kind)); }

  Writer& add(std::uint64_t value) {
    append_u64(bytes_, value);
    return *this;
  }
  Writer& add(ByteView value) {
    append_u32(bytes_, static_cast<std::uint32_t>(value.size()));
    append(bytes_, value);
    return *this;
  }
  Writer& add(std::string_view text) { return add(view(text)); }
  Writer& add(const std::string& text) { return add(view(text)); }
  Writer& add(const Bytes& value) { return add(ByteView(value)); }
  Writer& add(const Date& day) { return add(format_date(day)); }
  Writer& add(Instant at) { return add(static_cast<std::uint64_t>(at.time_since_epoch().count())); }
  Writer& add(InstantMs at) { return add(static_cast<std::uint64_t>(at.time_since_epoch().count())); }
  Writer& add(const pki::SerialNumber& serial) { return add(serial.magnitude()); }
  Writer& add(pki::RevocationReason reason) { return add(static_cast<std::uint64_t>(reason)); }
  template <class Noun>
  Writer& add(const Identifier<Noun>& id) {
    return add(id.text());
  }
  Writer& add(const Part& part) { return add(ByteView(part.salt)).add(part.body); }
  template <class T>
  Writer& add(const std::optional<T>& value) {
    bytes_.push_back(value ? 1 : 0);
    return value ? add(*value) : *this;
  }
  Writer& add_flag(bool value) { return add(std::uint64_t{value}); }

  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

void write(Writer& to, const residents::Resident& r) {
  to.add(r.id).add(r.name).add(r.address).add(residents::name(r.gender)).add(r.born);
  to.add(residents::name(r.status)).add(r.period_of_stay_ends).add_flag(r.adult_ward);
  to.add(r.municipality).add(r.registered_domicile).add(r.died).add(r.left_register);
  to.add(r.moving_abroad ? std::optional(r.moving_abroad->planned) : std::nullopt);
  to.add_flag(r.moving_abroad && r.moving_abroad->continued_use);
}

void write(Writer& to, const residents::CardRecord& c) {
  to.add(c.id).add(c.holder).add(residents::name(c.kind)).add(c.valid_until).add(residents::name(c.state));
}

void write(Writer& to, const AuthorityRecord& a) {
  to.add(a.name).add(pki::name(a.kind)).add(std::uint64_t{a.generation}).add(a.serial_space);
  to.add(a.certificate);
}

void write(Writer& to, const SerialSpace& s) {
  to.add(s.name).add(s.last_number);
}

void write(Writer& to, const CertificateRecord& c) {
  to.add(c.serial_space).add(c.authority).add(pki::name(c.kind)).add(c.serial).add(c.resident).add(c.card);
  to.add(name(c.carrier)).add(c.predecessor).add(c.office).add(c.partition).add(c.act);
  to.add(c.not_before).add(c.not_after).add(name(c.state)).add_flag(c.delivered);
  to.add(c.revoked_at).add(c.reason).add(ByteView(c.key)).add(c.der);
}

void write(Writer& to, const BlockedKey& k) {
  to.add(ByteView(k.key)).add(k.act).add(k.cause);
}

void write(Writer& to, const RequestRecord& r) {
  to.add(r.request).add(r.act).add(ByteView(r.content)).add(r.answer);
}

void write(Writer& to, const CrlRecord& c) {
  to.add(c.name).add(c.number).add(c.this_update).add(c.next_update).add(c.der);
}

void write(Writer& to, const StoredEntry& e) {
  to.add(encode_entry(e.entry));
  for (const auto& part : e.parts) to.add(part);
}

void write(Writer& to, const About& a) {
  to.add(a.sequence).add(a.resident);
}

void write(Writer& to, const StoredTile& t) {
  to.add(std::uint64_t{t.level}).add(t.index).add(t.hashes);
}

void write(Writer& to, const Head& h) {
  to.add(h.size).add(h.last_recorded_at).add(h.checkpoint);
}

}  // namespace

Bytes encode_row(const StoreRow& row) {
  Writer writer(kind_of(row));
  std::visit([&](const auto& value) { write(writer, value); }, row);
  return writer.take();
}

}  // namespace shomei::journal
