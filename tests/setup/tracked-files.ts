import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

export const dependencyLockPath = "package-lock.json";

/** What is, or is about to be, in the repository: tracked and new files, none that is ignored. */
export function trackedFiles(): string[] {
  const listing = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    encoding: "utf8",
  });
  return [...new Set(listing.split("\0"))].filter((path) => path && existsSync(path)).sort();
}
