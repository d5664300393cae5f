import { createHmac, randomInt } from "node:crypto";

/** Six digits, each as likely as any other. */
export function makeCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, "0");
}

/** Whoever asked for a code has a key that stands in her page and cookie; it is kept hashed. */
export function hashAsker(secret: string, key: string): Buffer {
  return createHmac("sha256", secret).update(`sign-in-asker:${key}`).digest();
}

/** Keyed with the server's secret: a million plain hashes would be tried in a second. */
export function hashCode(secret: string, phone: string, code: string): Buffer {
  return createHmac("sha256", secret).update(`sign-in-code:${phone}:${code}`).digest();
}
