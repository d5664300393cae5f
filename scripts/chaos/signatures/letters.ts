import { createHmac } from "node:crypto";
import type { Random } from "#db/seed/random.ts";

/** A webhook as it comes over the wire; a header of null is none at all. */
export type Letter = { body: Buffer; header: string | null };

type Wanted = { id: string; random: Random; secrets: readonly string[]; now: number };
type Make = (wanted: Wanted) => Letter;

const TOLERANCE_S = 300;

/** An event of Stripe's shape; the text has what encodings stumble over. */
function bodyOf({ id, random }: Wanted): Buffer {
  const note = random.pick(["盐源苹果 · 5 斤", "\uFFFD", "a\u0000b", "é̂", "x".repeat(3_000), ""]);
  const session = { id: `cs_${id}`, object: "checkout.session", metadata: { note } };
  const event = { id, object: "event", type: "checkout.session.completed", created: 1_790_000_000 };
  return Buffer.from(JSON.stringify({ ...event, data: { object: session } }));
}

const sign = (body: Buffer, secret: string, at: number | string, algorithm = "sha256") =>
  createHmac(algorithm, secret).update(`${at}.`).update(body).digest("hex");

const secretOf = ({ random, secrets }: Wanted) => random.pick(secrets);

/** Younger than the tolerance by a margin that the test itself cannot use up. */
const youngAt = ({ random, now }: Wanted) => now - random.between(0, TOLERANCE_S - 30);

function trueLetter(wanted: Wanted): { body: Buffer; at: number; v1: string } {
  const [body, at] = [bodyOf(wanted), youngAt(wanted)];
  return { body, at, v1: sign(body, secretOf(wanted), at) };
}

/** What Stripe may really send, also while a secret is being changed. */
export const trueKinds: Record<string, Make> = {
  "as it comes": (wanted) => {
    const { body, at, v1 } = trueLetter(wanted);
    return { body, header: `t=${at},v1=${v1}` };
  },
  "signed with both secrets": (wanted) => {
    const { body, at } = trueLetter(wanted);
    const all = wanted.secrets.map((secret) => `v1=${sign(body, secret, at)}`);
    return { body, header: `t=${at},${all.join(",")}` };
  },
  "with a wrong signature before the right one": (wanted) => {
    const { body, at, v1 } = trueLetter(wanted);
    return { body, header: `t=${at},v1=${sign(body, "whsec_other", at)},v1=${v1}` };
  },
  "with schemes of other times": (wanted) => {
    const { body, at, v1 } = trueLetter(wanted);
    return { body, header: `t=${at},v0=${"0".repeat(64)},v1=${v1},v2=abc` };
  },
  "parts in another order": (wanted) => {
    const { body, at, v1 } = trueLetter(wanted);
    return { body, header: `v1=${v1},t=${at}` };
  },
};

/** A true letter whose body is another one when it arrives. */
const changed =
  (change: (body: Buffer, wanted: Wanted) => Buffer): Make =>
  (wanted) => {
    const { body, at, v1 } = trueLetter(wanted);
    return { body: change(body, wanted), header: `t=${at},v1=${v1}` };
  };

/** A true body under another header. */
const headed =
  (head: (letter: ReturnType<typeof trueLetter>, wanted: Wanted) => string | null): Make =>
  (wanted) => {
    const letter = trueLetter(wanted);
    return { body: letter.body, header: head(letter, wanted) };
  };

const flipBit = (body: Buffer, { random }: Wanted) => {
  const flipped = Buffer.from(body);
  const place = random.between(0, body.length - 1);
  flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << random.between(0, 7)), place);
  return flipped;
};

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** Decodes to the same text as the signed character of replacement, and is not the same bytes. */
const brokenTwin: Make = (wanted) => {
  const made = JSON.parse(bodyOf(wanted).toString());
  const at = youngAt(wanted);
  const text = (note: string) => {
    made.data.object.metadata.note = note;
    return Buffer.from(JSON.stringify(made));
  };
  const header = `t=${at},v1=${sign(text("\uFFFD"), secretOf(wanted), at)}`;
  const [before = "", after = ""] = text("|").toString().split("|");
  return {
    body: Buffer.concat([Buffer.from(before), Buffer.of(0xff), Buffer.from(after)]),
    header,
  };
};

const aged =
  (low: number, high: number): Make =>
  (wanted) => {
    const [body, at] = [bodyOf(wanted), wanted.now - wanted.random.between(low, high)];
    return { body, header: `t=${at},v1=${sign(body, secretOf(wanted), at)}` };
  };

const signedBy = (secretFor: (wanted: Wanted) => string, algorithm = "sha256"): Make =>
  headed(({ body, at }, wanted) => `t=${at},v1=${sign(body, secretFor(wanted), at, algorithm)}`);

const short = (text: string, { random }: Wanted) => text.slice(0, random.between(0, 63));
const hexFlipped = (text: string, { random }: Wanted) => {
  const place = random.between(0, 63);
  const digit = (Number.parseInt(text.charAt(place), 16) ^ 1).toString(16);
  return text.slice(0, place) + digit + text.slice(place + 1);
};

/** What must never be taken. */
export const falseKinds: Record<string, Make> = {
  "one bit of the body flipped": changed(flipBit),
  "a blank after the body": changed((body) => Buffer.concat([body, Buffer.from(" ")])),
  "a line's end after the body": changed((body) => Buffer.concat([body, Buffer.from("\r\n")])),
  "a NUL after the body": changed((body) => Buffer.concat([body, Buffer.of(0)])),
  "the body cut short": changed((body, { random }) =>
    body.subarray(0, random.between(0, body.length - 1)),
  ),
  "a byte order mark before the body": changed((body) => Buffer.concat([BOM, body])),
  "broken UTF-8 that decodes to what was signed": brokenTwin,
  "the same JSON written otherwise": changed((body) =>
    Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)),
  ),
  "another event under the same signature": changed((body, { id }) =>
    Buffer.from(body.toString().replace("completed", `completed","note":"${id}`)),
  ),
  "no body": changed(() => Buffer.alloc(0)),
  "no header": headed(() => null),
  "an empty header": headed(() => ""),
  "nothing but a time": headed(({ at }) => `t=${at}`),
  "nothing but a signature": headed(({ v1 }) => `v1=${v1}`),
  "a scheme nobody checks": headed(({ at, v1 }) => `t=${at},v0=${v1}`),
  "an empty signature": headed(({ at }) => `t=${at},v1=`),
  "a signature cut short": headed(({ at, v1 }, wanted) => `t=${at},v1=${short(v1, wanted)}`),
  "one digit of the signature changed": headed(
    ({ at, v1 }, wanted) => `t=${at},v1=${hexFlipped(v1, wanted)}`,
  ),
  "another time than was signed": headed(({ at, v1 }) => `t=${at + 1},v1=${v1}`),
  "a time that is no number": headed(({ body }, wanted) => {
    const at = wanted.random.pick(["NaN", "", "soon", "-1", "1e99", "Infinity"]);
    return `t=${at},v1=${sign(body, "whsec_other", at)}`;
  }),
  "an old time behind a young one": (wanted) => {
    const [body, old] = [bodyOf(wanted), wanted.now - TOLERANCE_S - 60];
    const v1 = sign(body, secretOf(wanted), old);
    const times = wanted.random.pick([
      [old, wanted.now],
      [wanted.now, old],
    ]);
    return { body, header: `t=${times[0]},t=${times[1]},v1=${v1}` };
  },
  "another secret": signedBy(() => "whsec_other"),
  "an empty secret": signedBy(() => ""),
  "half a secret": signedBy((wanted) => secretOf(wanted).slice(0, 6)),
  "a secret with a line's end": signedBy((wanted) => `${secretOf(wanted)}\n`),
  "another hash": signedBy(secretOf, "sha1"),
  "a longer hash": signedBy(secretOf, "sha512"),
  "a hash without its time": headed(({ body, at }, wanted) => {
    const v1 = createHmac("sha256", secretOf(wanted)).update(body).digest("hex");
    return `t=${at},v1=${v1}`;
  }),
  "just too old": aged(TOLERANCE_S + 2, TOLERANCE_S + 60),
  "far too old": aged(3_600, 10_000_000),
};
