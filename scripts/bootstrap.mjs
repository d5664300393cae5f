/**
 * The door of every npm script. Plain JavaScript that runs on Node 20 with nothing installed:
 * installs what package-lock.json names when that is needed, then hands over to the wanted
 * script under Node 24, which comes with the packages.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPTS = [
  "start",
  "test",
  "dev",
  "check",
  "bench",
  "chaos",
  "build",
  "seed",
  "reindex",
  "verify-ledger",
  "reconcile",
  "db-types",
];
const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = join(root, "node_modules", ".lock-stamp");

function leave(line) {
  console.error(line);
  process.exit(1);
}

const majorOf = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);

function lockHash() {
  try {
    return createHash("sha256")
      .update(readFileSync(join(root, "package-lock.json")))
      .digest("hex");
  } catch {
    return leave("package-lock.json is missing: clone the repository anew.");
  }
}

/** npm notes what it installed; a developer's own `npm install` needs no second one. */
function isInstalledAsLocked() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const found = JSON.parse(
      readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8"),
    ).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === "" || (found[path] ? found[path].version === entry.version : entry.optional),
    );
  } catch {
    return false;
  }
}

/** Runs `npm ci` with one line of progress; what npm said is shown only if it fails. */
function install() {
  const viaNode = process.env.npm_execpath?.endsWith(".js");
  const command = viaNode ? process.execPath : "npm";
  const args = [...(viaNode ? [process.env.npm_execpath] : []), "ci", "--include=dev"];
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const line = () => `Installing packages 正在安装依赖… ${seconds()} s`;
  const isScreen = process.stdout.isTTY;
  if (!isScreen) console.log("Installing packages 正在安装依赖…");
  const tick = setInterval(
    () => (isScreen ? process.stdout.write(`\r${line()}`) : console.log(line())),
    isScreen ? 500 : 15_000,
  );
  return new Promise((resolve) => {
    const child = spawn(command, [...args, "--no-audit", "--no-fund"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && !viaNode,
    });
    let output = "";
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const done = (code) => {
      clearInterval(tick);
      if (isScreen) process.stdout.write("\r");
      if (code === 0) console.log(`✓ packages installed 依赖已安装 (${seconds()} s)`);
      else {
        if (output) console.error(output.trimEnd().split("\n").slice(-30).join("\n"));
        const isFull = /ENOSPC/.test(output);
        leave(
          isFull
            ? "The disk is full: npm could not install the packages. Free some space, then run this again."
            : "npm could not install the packages (its last lines are above). Check the network, then run this again.",
        );
      }
      resolve();
    };
    child.on("error", (error) => {
      output += error.code === "ENOENT" ? "npm was not found beside node." : String(error.message);
      done(1);
    });
    child.on("close", (code) => done(code ?? 1));
  });
}

function node24() {
  const own = join(root, "node_modules", ".bin", "node");
  const program = process.platform === "win32" ? join(root, "node_modules/node/bin/node.exe") : own;
  if (existsSync(program)) {
    const answer = spawnSync(program, ["--version"], { encoding: "utf8" });
    if (answer.status === 0 && majorOf(answer.stdout) >= 24) return program;
  }
  if (majorOf(process.version) >= 24) return process.execPath;
  return leave(
    "Node 24 did not come with the packages (install scripts are off?): run `npm rebuild node`, or use Node 24 yourself.",
  );
}

if (majorOf(process.version) < 20) {
  leave(`Tianji needs Node 20 or newer; this is ${process.version}. See https://nodejs.org`);
}

const [name, ...rest] = process.argv.slice(2);
if (!SCRIPTS.includes(name)) leave(`Usage: node scripts/bootstrap.mjs <${SCRIPTS.join("|")}>`);

const hash = lockHash();
const stamp = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
if (stamp !== hash) {
  if (!isInstalledAsLocked()) await install();
  try {
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(stampFile, hash);
  } catch {
    // A folder that cannot be written costs a comparison at every start, nothing else.
  }
}

// The channel lets the script notice when this process is gone, however it went.
const child = spawn(node24(), [join(root, "scripts", `${name}.ts`), ...rest], {
  cwd: root,
  stdio: ["inherit", "inherit", "inherit", "ipc"],
  env: {
    ...process.env,
    PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
    // Every process of ours reads the same few hundred files: compiled once, half their start is spared.
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node"),
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => leave(`${name} could not be started: ${error.message}`));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
