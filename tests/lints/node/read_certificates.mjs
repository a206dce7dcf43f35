// read_certificates.mjs FILE...: what pkijs reads in DER certificates, as one JSON array in the form of
// cross_check_certificates.cc.
import { readFileSync } from "node:fs";
import * as asn1js from "asn1js";
import { Certificate, GeneralName } from "pkijs";

const LABELS = { "2.5.4.6": "C", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.7": "L", "2.5.4.3": "CN" };
const USES = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
  "cRLSign"];
const OTHER_NAME = 0;

const hex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase().replace(/^00(?=.)/, "");
const time = (value) => value.toISOString().replace(".000Z", "Z");
const names = (name) => name.typesAndValues.map((one) => `${LABELS[one.type]}=${one.value.valueBlock.value}`);

function keyUsage(extension) {
  if (!extension) return [];
  const bits = extension.parsedValue.valueBlock.valueHexView;
  return USES.filter((_, i) => bits[i >> 3] & (0x80 >> (i & 7)));
}

function otherNames(extension) {
  if (!extension) return [];
  const list = asn1js.fromBER(extension.extnValue.valueBlock.valueHexView).result;
  return list.valueBlock.value.map((member) => new GeneralName({ schema: member })).filter((name) => name.type === OTHER_NAME)
    .map((name) => {
      const [type, wrapped] = name.value.valueBlock.value;
      return [type.valueBlock.toString(), wrapped.valueBlock.value[0].valueBlock.value];
    });
}

function read(path) {
  const certificate = Certificate.fromBER(readFileSync(path));
  const find = (id) => certificate.extensions.find((extension) => extension.extnID === id);
  return {
    serial: hex(certificate.serialNumber.valueBlock.valueHexView),
    issuer: names(certificate.issuer),
    subject: names(certificate.subject),
    not_before: time(certificate.notBefore.value),
    not_after: time(certificate.notAfter.value),
    other_names: otherNames(find("2.5.29.17")),
    key_usage: keyUsage(find("2.5.29.15")),
  };
}

console.log(JSON.stringify(process.argv.slice(2).map(read)));
