import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Services } from "#app/load-context.ts";
import type { Forgive } from "./forgive.ts";

/** Not a network address, so the demo's taps and the real address do not share limits. */
const ADDRESS = "demonstration";
const ATTEMPTS = 3;

const inbox = z.object({ messages: z.array(z.object({ text: z.string() })) });

type Demo = { phone: string; sandboxUrl: string; smsKey: string };
type DemoSignedIn = { ok: true; setCookies: string[] } | { ok: false; reason: string };

/** Reads the newest code off the sandbox's phone. */
async function readCode({ phone, sandboxUrl, smsKey }: Demo): Promise<string | null> {
  const url = new URL("/messages", sandboxUrl);
  url.search = new URLSearchParams({ to: phone, limit: "1" }).toString();
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${smsKey}` },
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) return null;
  const { messages } = inbox.parse(await answer.json());
  return /\b\d{6}\b/.exec(messages[0]?.text ?? "")?.[0] ?? null;
}

/**
 * Signs a demo person in by the very steps that she would take herself: asks for a code, reads
 * the message, enters it. Two taps at once may read each other's code, so it is tried again.
 */
export async function demoSignIn(
  { auth, forgive }: Pick<Services, "auth"> & { forgive: Forgive },
  demo: Demo,
): Promise<DemoSignedIn> {
  const { phone } = demo;
  let reason = "no-code";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await forgive({ phone, address: ADDRESS });
    const from = { phone, asker: randomUUID(), address: ADDRESS, headers: new Headers() };
    const asked = await auth.requestCode({ ...from, locale: "zh" });
    if (!asked.ok && asked.reason === "sms-unavailable") return asked;
    const code = await readCode(demo);
    if (code === null) continue;
    const entered = await auth.signIn({ ...from, code });
    if (entered.ok) return { ok: true, setCookies: entered.setCookies };
    reason = entered.reason;
  }
  return { ok: false, reason };
}
