import { existsSync } from "node:fs";

/** Without a window and all that draws one, the journeys take two fifths of the CPU. */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";
const CHROMIUMS = [
  HEADLESS_SHELL,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The Chromium that the journeys use: the one that CHROMIUM names, else the lightest there is. */
export const findChromium = () =>
  process.env.CHROMIUM ?? CHROMIUMS.find((path) => existsSync(path));

export const hasHeadlessShell = () =>
  process.env.CHROMIUM !== undefined || existsSync(HEADLESS_SHELL);
