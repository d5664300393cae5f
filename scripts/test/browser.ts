import { existsSync } from "node:fs";
import { run } from "./run.ts";

const CHROMIUMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const hasChromium = () =>
  process.env.CHROMIUM !== undefined || CHROMIUMS.some((path) => existsSync(path));

/** Without a font for Chinese every screenshot shows boxes, and widths are wrong. */
async function hasChineseFont(): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const { code, output } = await run("fc-list", [":lang=zh", "family"]);
  return code === 0 && output.trim() !== "";
}

async function missing(): Promise<string[]> {
  const packages: string[] = [];
  if (!hasChromium()) packages.push("chromium");
  if (!(await hasChineseFont())) packages.push("fonts-noto-cjk");
  return packages;
}

/**
 * Sees to a browser and a Chinese font: installed from Debian's packages where we are root
 * there, named aloud elsewhere. Returns what is wrong, or nothing.
 */
export async function prepareBrowser(): Promise<string | undefined> {
  const wanted = await missing();
  if (wanted.length === 0) return undefined;
  const canInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (!canInstall) {
    return `The browser journeys need ${wanted.join(" and ")}. Install: ${wanted.join(" ")} (Debian: apt-get install ${wanted.join(" ")}; or set CHROMIUM to a Chromium's path).`;
  }
  console.log(`Installing ${wanted.join(", ")} from Debian's packages…`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const packages = ["chromium", "fonts-noto-cjk"].filter((name) => wanted.includes(name));
  const updated = await run("apt-get", ["update"], { env });
  const installed = await run(
    "apt-get",
    ["install", "-y", "--no-install-recommends", "fontconfig", ...packages],
    { env },
  );
  if (installed.code !== 0) {
    console.log((updated.output + installed.output).split("\n").slice(-15).join("\n"));
    return `apt-get could not install ${wanted.join(" ")}.`;
  }
  const still = await missing();
  return still.length > 0 ? `Still missing after installing: ${still.join(" ")}.` : undefined;
}
