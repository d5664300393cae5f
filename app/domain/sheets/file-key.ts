import { createHash } from "node:crypto";

/**
 * Under which key a file is kept: that of the form it came by, and what its rows say. Sent twice it is
 * one file; another one by the same form, gone back to, is another, to be looked at by itself. Pure.
 */
export const fileKey = (clientKey: string, rows: string): string =>
  `${clientKey}:${createHash("sha256").update(rows).digest("hex").slice(0, 32)}`;
