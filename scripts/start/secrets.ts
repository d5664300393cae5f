import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "./data-dir.ts";
import { StopLine } from "./stop-line.ts";

const NAMES = ["postgres", "app", "auth", "webhook", "sms", "smsCallback", "meili"] as const;

export type Secrets = Record<(typeof NAMES)[number], string>;

/** Passwords and keys made at the first start and kept in DATA_DIR, readable by its owner only. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  let kept: Partial<Secrets> = {};
  if (existsSync(file)) {
    try {
      kept = JSON.parse(readFileSync(file, "utf8"));
    } catch {
      throw new StopLine(`${file} is damaged: restore it, or set DATA_DIR to a new folder.`);
    }
  }
  const secrets = Object.fromEntries(
    NAMES.map((name) => [name, kept[name] ?? randomBytes(24).toString("hex")]),
  ) as Secrets;
  if (NAMES.some((name) => !kept[name])) writePrivate(file, JSON.stringify(secrets, null, 2));
  return secrets;
}
