import { existsSync } from "node:fs";
import { findChromium, hasHeadlessShell } from "./find-chromium.ts";
import { run } from "./run.ts";

/** Without a font for Chinese every screenshot shows boxes, and widths are wrong. */
async function hasChineseFont(): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const { code, output } = await run("fc-list", [":lang=zh", "family"]);
  return code === 0 && output.trim() !== "";
}

const BROWSER = "chromium-headless-shell";
const FONT = "fonts-noto-cjk";

/** What the journeys cannot do without. */
async function missing(): Promise<string[]> {
  const packages: string[] = [];
  if (findChromium() === undefined) packages.push(BROWSER);
  if (!(await hasChineseFont())) packages.push(FONT);
  return packages;
}

/**
 * Sees to a browser and a Chinese font: installed from Debian's packages where we are root
 * there, named aloud elsewhere. Returns what is wrong, or nothing.
 */
export async function prepareBrowser(): Promise<string | undefined> {
  const needed = await missing();
  const canInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (!canInstall && needed.length > 0) {
    return `The browser journeys need ${needed.join(" and ")}. Install: ${needed.join(" ")} (Debian: apt-get install ${needed.join(" ")}; or set CHROMIUM to a Chromium's path).`;
  }
  // A whole Chromium does as well, at more than twice the CPU.
  const wanted = new Set([...(hasHeadlessShell() ? [] : [BROWSER]), ...needed]);
  if (!canInstall || wanted.size === 0) return undefined;
  const packages = [...wanted];
  console.log(`Installing ${packages.join(", ")} from Debian's packages…`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const updated = await run("apt-get", ["update"], { env });
  const installed = await run(
    "apt-get",
    ["install", "-y", "--no-install-recommends", "fontconfig", ...packages],
    { env },
  );
  const still = await missing();
  if (still.length === 0) return undefined;
  console.log((updated.output + installed.output).split("\n").slice(-15).join("\n"));
  return `apt-get could not install ${still.join(" ")}.`;
}
