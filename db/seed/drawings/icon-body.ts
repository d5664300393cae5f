import { createRequire } from "node:module";
import { OWN_PRODUCE } from "./own-produce.ts";

type Icons = Record<string, { body: string } | undefined>;

const require = createRequire(import.meta.url);

/** The SVG inside of one of own-produce.ts or of an icon of fluent-emoji; throws for any other name. */
export function iconBody(name: string): string {
  const body = OWN_PRODUCE[name] ?? readIcons()[name]?.body;
  if (!body) throw new Error(`nothing draws "${name}"`);
  return body;
}

/**
 * The icons are a file of 100 MB: it is read when something is drawn and not by who seeds without
 * photos, and by Node itself, because as a module of its own Vite would first make code of it.
 */
function readIcons(): Icons {
  return require("@iconify-json/fluent-emoji/icons.json").icons;
}
