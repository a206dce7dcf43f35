// ask_ocsp.mjs URL ISSUER.pem STRANGER.pem FOLDER STATE...: easy-ocsp and pkijs ask about FOLDER/STATE.pem in every form that
// they know. One line for each: client, method, hash, nonce or -, state, and behind the bar what the client says. Certificates
// named foreign have STRANGER.pem as their issuer. The clock is the process's: run it under faketime.
import { readFileSync } from "node:fs";
import { getCertStatus, parseOCSPResponse } from "easy-ocsp";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

const NONCE = "1.3.6.1.5.5.7.48.1.2";
const ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
const REASONS = { 1: "keyCompromise", 3: "affiliationChanged", 6: "certificateHold" };
const TROUBLES = { 1: "malformedRequest", 2: "internalError", 3: "tryLater", 5: "sigRequired", 6: "unauthorized" };

const [url, issuerFile, strangerFile, folder, ...states] = process.argv.slice(2);
const pem = (file) => readFileSync(file, "utf8");
const certificateOf = (file) =>
  pkijs.Certificate.fromBER(Buffer.from(pem(file).replace(/-----[^-]+-----|\s/g, ""), "base64"));
const fileOf = (state) => `${folder}/${state}.pem`;
const issuerFileOf = (state) => (state.startsWith("foreign") ? strangerFile : issuerFile);

async function question(states, hash, nonce) {
  const request = new pkijs.OCSPRequest();
  for (const state of states)
    await request.createForCertificate(certificateOf(fileOf(state)),
      { hashAlgorithm: hash, issuerCertificate: certificateOf(issuerFileOf(state)) });
  if (nonce) request.tbsRequest.requestExtensions = [new pkijs.Extension({ extnID: NONCE, extnValue: nonce })];
  return request.toSchema(true).toBER();
}

async function exchange(method, der) {
  const path = encodeURIComponent(Buffer.from(der).toString("base64"));
  const answer = method === "GET" ? await fetch(`${url}/${path}`)
    : await fetch(url, { method, headers: { "Content-Type": "application/ocsp-request" }, body: der });
  const type = answer.headers.get("content-type");
  if (answer.status !== 200 || type !== "application/ocsp-response") throw new Error(`HTTP ${answer.status} ${type}`);
  return await answer.arrayBuffer();
}

const newNonce = () => new asn1js.OctetString({ valueHex: crypto.getRandomValues(new Uint8Array(32)) }).toBER();

function nonceOf(basic) {
  const found = (basic.tbsResponseData.responseExtensions ?? []).find((one) => one.extnID === NONCE);
  return found && Buffer.from(found.extnValue.valueBlock.valueHexView).toString("hex");
}

const basicOf = (response) =>
  pkijs.BasicOCSPResponse.fromBER(response.responseBytes.response.valueBlock.valueHexView);

// pkijs verifies the signature and the chain and finds the answer; that an answer is fresh, and for the nonce, is asked here.
function checkFresh(basic, nonce) {
  const now = Date.now();
  for (const one of basic.tbsResponseData.responses)
    if (one.thisUpdate.getTime() > now || one.nextUpdate.getTime() < now)
      throw new Error(`not fresh: ${one.thisUpdate.toISOString()} to ${one.nextUpdate.toISOString()}`);
  if (nonceOf(basic) !== (nonce ? Buffer.from(nonce).toString("hex") : undefined)) throw new Error("another nonce");
}

function reasonOf(single) {
  const tagged = single.certStatus.valueBlock.value?.find((one) => one.idBlock.tagClass === 3);
  return tagged ? ` ${REASONS[tagged.valueBlock.value[0].valueBlock.valueDec]}` : "";
}

function cutoffOf(single) {
  const found = (single.singleExtensions ?? []).find((one) => one.extnID === ARCHIVE_CUTOFF);
  if (!found) return "";
  return ` archiveCutoff ${asn1js.fromBER(found.extnValue.valueBlock.valueHexView).result.toDate().toISOString()}`;
}

async function sayOne(basic, place, state) {
  const single = basic.tbsResponseData.responses[place];
  const alone = new pkijs.BasicOCSPResponse({ tbsResponseData: new pkijs.ResponseData({ responses: [single] }) });
  const { isForCertificate, status } =
    await alone.getCertificateStatus(certificateOf(fileOf(state)), certificateOf(issuerFileOf(state)));
  if (!isForCertificate) throw new Error(`answer ${place} is not about ${state}`);
  return ["good", "revoked", "unknown"][status] + reasonOf(single) + cutoffOf(single);
}

async function askPkijs(method, hash, withNonce, asked) {
  const nonce = withNonce ? newNonce() : undefined;
  const response = pkijs.OCSPResponse.fromBER(await exchange(method, await question(asked, hash, nonce)));
  const trouble = response.responseStatus.valueBlock.valueDec;
  if (trouble) return TROUBLES[trouble];
  const basic = basicOf(response);
  if (!(await basic.verify({ trustedCerts: [certificateOf(issuerFile)] }))) throw new Error("the signature does not verify");
  checkFresh(basic, nonce);
  if (basic.tbsResponseData.responses.length !== asked.length) throw new Error("not one answer for each certificate");
  const said = await Promise.all(asked.map((state, place) => sayOne(basic, place, state)));
  return said.join(", ");
}

// easy-ocsp asks nothing about a certificate that has ended; its judge is then given the answer to a question like its own.
async function askEasyOcsp(withNonce, state) {
  const config = { ca: pem(issuerFileOf(state)), ocspUrl: url, enableNonce: withNonce, rawResponse: true, timeout: 10000 };
  let refused = "", result;
  try {
    result = await getCertStatus(pem(fileOf(state)), config);
  } catch (error) {
    if (error.message !== "The certificate is already expired") throw error;
    refused = " (it does not ask: already expired)";
    const nonce = withNonce ? newNonce() : undefined;
    const answer = await exchange("POST", await question([state], "SHA-1", nonce));
    result = await parseOCSPResponse(answer, certificateOf(fileOf(state)), certificateOf(issuerFileOf(state)),
      { ...config, validateSignature: true }, nonce ?? null);
  }
  const raw = result.rawResponse;
  const basic = basicOf(pkijs.OCSPResponse.fromBER(raw));
  if (withNonce && !nonceOf(basic)) throw new Error("no nonce in the answer");
  const reason = result.revocationReason === undefined ? "" : ` ${REASONS[result.revocationReason]}`;
  return result.status + reason + refused;
}

async function tell(name, ask) {
  const said = await ask().catch((error) => `ERROR ${error.message}`);
  console.log(`${name} | ${said}`);
}

for (const state of states) {
  for (const nonce of ["nonce", "-"]) {
    await tell(`easy-ocsp POST sha1 ${nonce} ${state}`, () => askEasyOcsp(nonce === "nonce", state));
    for (const method of ["POST", "GET"])
      for (const hash of ["sha1", "sha256"])
        await tell(`pkijs ${method} ${hash} ${nonce} ${state}`,
          () => askPkijs(method, hash.replace("sha", "SHA-"), nonce === "nonce", [state]));
  }
}
for (const method of states.length > 1 ? ["POST", "GET"] : [])
  await tell(`pkijs ${method} sha256 - ${states.join("+")}`, () => askPkijs(method, "SHA-256", false, states));
