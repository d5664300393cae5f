import { createHmac, randomInt } from "node:crypto";
import type { CodeEntry } from "#app/domain/sign-in/spend-code.ts";

/** Six digits, each as likely as any other. */
export function makeCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, "0");
}

/**
 * What is kept and compared of a code: the key of the page that asked, and the code for its number.
 * Keyed with the server's secret: a million plain hashes would be tried in a second.
 */
export function hashEntry(
  secret: string,
  { phone, asker, code }: { phone: string; asker: string; code: string },
): CodeEntry {
  const hash = (text: string) => createHmac("sha256", secret).update(text).digest();
  return {
    phone,
    askedBy: hash(`sign-in-asker:${asker}`),
    codeHash: hash(`sign-in-code:${phone}:${code}`),
  };
}
