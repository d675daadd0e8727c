// A point written from PROTOCOL.md alone, with Node, age and zstd: nothing of the kiosk's own code.
//   node foreign_point.mjs ADDRESS AUTHORITY CODE FOLDER
// Each step prints one JSON line; before its last round it waits for a line on its standard input.
import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [address, authority, code, folder] = process.argv.slice(2);
const agent = new https.Agent({ ca: readFileSync(authority), keepAlive: true });
const say = (step, facts) => console.log(JSON.stringify({ step, ...facts }));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const run = (program, args, input) => execFileSync(program, args, { input, stdio: ["pipe", "pipe", "ignore"] });

function uuid7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function ask(method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const length = body ? { "Content-Length": body.length } : {};
    const request = https.request(new URL(path, address), { method, agent, headers: { ...length, ...headers } }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
    });
    request.on("error", reject).end(body);
  });
}

// Section 3: two keys and a one-time code.
const signing = generateKeyPairSync("ed25519");
const rawKey = (key) => key.export({ format: "der", type: "spki" }).subarray(-32).toString("hex");
const identity = join(folder, "identity");
writeFileSync(identity, run("age-keygen", []));
const recipient = run("age-keygen", ["-y", identity]).toString().trim();
const enrolment = await ask("POST", "/v1/enrol", {
  headers: { "Content-Type": "application/json" },
  body: Buffer.from(JSON.stringify({ code, signing_key: rawKey(signing.publicKey), sealing_key: recipient })),
});
const point = JSON.parse(enrolment.body);
const bearer = { Authorization: `Bearer ${point.token}` };
const hubKey = createPublicKey({
  key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(point.hub_key, "hex")]),
  format: "der",
  type: "spki",
});
say("enrolled", { status: enrolment.status, hamlet: point.hamlet });

// Section 10: sign, compress, seal.
const seal = (bytes) => run("age", ["-r", point.commune_key], bytes);
const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical)}]`
  : value && typeof value === "object"
    ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`
    : JSON.stringify(value);

function envelope(payload) {
  const content = Buffer.from(canonical(payload));
  const header = {
    format: "thon-envelope-1",
    point_key: rawKey(signing.publicKey),
    signature: sign(null, Buffer.concat([Buffer.from("thon-envelope-1\n"), content]), signing.privateKey).toString("hex"),
  };
  const plain = join(folder, "plain");
  writeFileSync(plain, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), content]));
  const label = Buffer.from("thon-envelope-1");
  const skippable = Buffer.alloc(8);
  skippable.writeUInt32LE(0x184d2a50, 0);
  skippable.writeUInt32LE(label.length, 4);
  return seal(Buffer.concat([skippable, label, run("zstd", ["--stdout", "--check", plain])]));
}

const scan = Buffer.concat([Buffer.from("%PDF-1.4\n"), randomBytes(200_000)]);
const sealedScan = seal(scan);
const paper = {
  kind: "giay_chung_sinh", media_type: "application/pdf", pages: 1, plain_sha256: sha256(scan),
  sealed_sha256: sha256(sealedScan), sealed_size: sealedScan.length,
};
const dossier = uuid7();
const outside = { kind: "dossier", dossier, revision: 1, procedure: "1.001193" };
const body = envelope({
  ...outside, format: 1, point: point.point, hamlet: point.hamlet, prepared_on: "2026-11-21",
  form: "khai_sinh", form_version: "1", papers: [paper],
  answers: [{ name: "nksinh_ho_ten", value: "NGUYỄN VĂN HỢP" }, { name: "yc_ho_ten", value: "TRẦN THỊ BƯỞI" }],
});
const event = { ...outside, id: uuid7(), digest: sha256(body), body: body.toString("base64"), papers: [paper.sealed_sha256] };

// Section 4: rounds.
const state = { incarnation: uuid7(), sequence: 0, epoch: "", receipt: 0, safe: 0, cursor: 0 };
async function send(request) {
  const packed = join(folder, "round");
  writeFileSync(packed, JSON.stringify(request));
  const answer = await ask("POST", "/v1/round", {
    headers: { ...bearer, "Content-Type": "application/json", "Content-Encoding": "zstd", "Accept-Encoding": "zstd" },
    body: run("zstd", ["--stdout", packed]),
  });
  const text = answer.headers["content-encoding"] === "zstd" ? run("zstd", ["-d"], answer.body) : answer.body;
  return { status: answer.status, ...JSON.parse(text) };
}
async function round(...events) {
  state.sequence += 1;
  const request = { version: 1, point: point.point, ...state, events };
  const answer = await send(request);
  Object.assign(state, { epoch: answer.epoch, safe: answer.safe, cursor: answer.cursor });
  return { request, answer };
}

// Section 7: a receipt counts when its signature and what it repeats are right.
function holds(receipt) {
  const lines = ["epoch", "number", "event", "dossier", "revision", "digest", "received_at"];
  const text = `thon-receipt-1\n${lines.map((name) => `${name} ${receipt[name]}\n`).join("")}`;
  return receipt.event === event.id && receipt.dossier === dossier && receipt.digest === event.digest &&
    verify(null, Buffer.from(text), hubKey, Buffer.from(receipt.signature, "hex"));
}

const first = await round(event);
const accepted = first.answer.verdicts[0];
say("sent", { verdict: accepted.verdict, receipt: accepted.receipt, missing: accepted.missing_papers.length });

// Section 8: the paper by tus, cut in the middle.
const tus = { ...bearer, "Tus-Resumable": "1.0.0" };
const metadata = `sha256 ${Buffer.from(paper.sealed_sha256).toString("base64")}`;
const created = await ask("POST", "/v1/papers", {
  headers: { ...tus, "Upload-Length": sealedScan.length, "Upload-Metadata": metadata },
});
const patch = (from, to) => ask("PATCH", created.headers.location, {
  headers: { ...tus, "Content-Type": "application/offset+octet-stream", "Upload-Offset": from },
  body: sealedScan.subarray(from, to),
});
await patch(0, 70_000);
const wrong = await patch(10, 20);
const head = await ask("HEAD", created.headers.location, { headers: tus });
const last = await patch(Number(head.headers["upload-offset"]), sealedScan.length);
say("paper", { created: created.status, wrong: wrong.status, offset: head.headers["upload-offset"], last: last.status });

const { request, answer } = await round(event);
const receipt = answer.verdicts[0].receipt ?? answer.receipts[0];
say("received", { verdict: answer.verdicts[0].verdict, holds: holds(receipt), number: receipt.number, dossier });
const again = await send(request);
say("again", { same: canonical({ ...again }) === canonical({ ...answer }) });
const other = await send({ ...request, events: [] });
say("same sequence, other words", { status: other.status, code: other.code, highest: other.highest_sequence });

// Section 9: what the officer said.
state.receipt = receipt.number;
for await (const _ of createInterface({ input: process.stdin })) break;
const news = (await round()).answer.news.map((item) => JSON.parse(run("age", ["-d", "-i", identity], Buffer.from(item.body, "base64"))));
say("news", { states: news.map((item) => item.state), sentence: news.at(-1)?.sentence, papers: news.at(-1)?.papers });
process.exit(0);
