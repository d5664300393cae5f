import { setTimeout as sleep } from "node:timers/promises";
import type { Stopwatch } from "./own-time.ts";

export type Sender = { origin: string; cookie: string };
/** What became of a file: "taken", or the reason for which it was refused. */
export type Sent = { outcome: string; photoId: string | null; words: string; slowestMs: number };

/** A farmer of the demo market, signed in by one tap. */
export async function signIn(origin: string, phone: string): Promise<Sender> {
  const answer = await fetch(`${origin}/sandbox/sign-in`, {
    ...{ method: "POST", redirect: "manual" },
    headers: { origin },
    body: new URLSearchParams({ phone }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  if (answer.status !== 303) throw new Error(`the demo farmer was answered ${answer.status}`);
  return { origin, cookie: cookies.join("; ") };
}

const byTheWall: Stopwatch = () => {
  const startedAt = performance.now();
  return () => performance.now() - startedAt;
};

/** Sends one file as a phone does: begun, then all of it in one piece (tus 1.0.0). */
export async function sendFile(
  { origin, cookie }: Sender,
  bytes: Buffer,
  stopwatch: Stopwatch = byTheWall,
): Promise<Sent> {
  let slowestMs = 0;
  const ask = async (method: string, path: string, more: Record<string, string>, body?: Buffer) => {
    const headers = { origin, cookie, "Tus-Resumable": "1.0.0", ...more };
    for (;;) {
      const stop = stopwatch();
      const sent = body && new Uint8Array(body);
      const answer = await fetch(`${origin}${path}`, { method, headers, body: sent });
      const words = await answer.text();
      slowestMs = Math.max(slowestMs, stop());
      // Others of this address may have used up what it may send in a minute.
      if (answer.status !== 429) return { answer, words };
      await sleep(1_000 * Number(answer.headers.get("retry-after") ?? 1));
    }
  };
  const told = ({ answer, words }: Awaited<ReturnType<typeof ask>>): Sent => {
    const photoId = answer.headers.get("photo-id");
    const reason = answer.headers.get("photo-refused") ?? `answered ${answer.status}`;
    return { outcome: photoId ? "taken" : reason, photoId, words: words.trim(), slowestMs };
  };
  const length = { "Upload-Length": String(bytes.byteLength) };
  const begun = await ask("POST", "/farm/uploads", length);
  const path = begun.answer.headers.get("location");
  if (!path) return told(begun);
  const piece = { "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" };
  return told(await ask("PATCH", path, piece, bytes));
}
