import { createHmac, randomInt } from "node:crypto";

/** Six digits, each as likely as any other. */
export function makeCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, "0");
}

/** Keyed with the server's secret: a million plain hashes would be tried in a second. */
export function hashCode(secret: string, phone: string, code: string): Buffer {
  return createHmac("sha256", secret).update(`sign-in-code:${phone}:${code}`).digest();
}
