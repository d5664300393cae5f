import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PhotoStoreAwayError } from "#app/gateways/photo-store.ts";
import { runScript } from "#tests/setup/run-script.ts";
import { S3_KEYS, startS3 } from "#tests/setup/s3-server.ts";
import { openDataDir } from "./data-dir.ts";
import { freePort } from "./free-port.ts";
import { readSettings } from "./settings.ts";
import { lineFor } from "./stop-line.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tianji-start-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the real script until it gives up. */
const start = async (env: Record<string, string>) =>
  runScript("scripts/start.ts", {
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(await freePort()),
    DATA_DIR: join(folder, "data"),
    ...env,
  });

/** One line, exit code 1, no stack. */
async function expectLine(env: Record<string, string>, line: RegExp): Promise<void> {
  const { code, said } = await start(env);
  expect(said.trimEnd().split("\n")).toHaveLength(1);
  expect(said).toMatch(line);
  expect(code).toBe(1);
}

/** A service that refuses every key. */
async function refusing(): Promise<{ url: string; close(): void }> {
  const server = createServer((_, response) => response.writeHead(401).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe("npm start says in one line what is wrong", () => {
  test("when a setting is wrong", async () => {
    await expectLine({ PORT: "three thousand" }, /PORT must be a number/);
  });

  test.each([
    ["PORT", "70000", /PORT must be from 1 to 65535/],
    ["DATABASE_URL", "mysql://localhost/x", /DATABASE_URL must be postgres:/],
    ["STRIPE_SECRET_KEY", "sk_live_123", /STRIPE_SECRET_KEY must be a test key/],
    ["STRIPE_SECRET_KEY", "sk_test_123", /STRIPE_WEBHOOK_SECRET is not/],
    ["SMS_PROVIDER", "aliyun", /SMS_PROVIDER must be http or tencent/],
    ["MEILI_URL", "localhost", /MEILI_URL must be an http/],
    ["PHOTO_STORE", "https://photos.example", /PHOTO_STORE must be s3:/],
  ])("when %s is %s", (name, value, line) => {
    const said = () => {
      try {
        return readSettings({ [name]: value });
      } catch (error) {
        return lineFor(error);
      }
    };
    expect(said()).toMatch(line);
    expect(said()).not.toContain("\n");
  });

  test("when HOST is no address of this machine", async () => {
    await expectLine({ HOST: "203.0.113.9" }, /HOST \(203\.0\.113\.9\) is not an address of this/);
  });

  test("when another program has the port", async () => {
    const other = await refusing();
    const { port } = new URL(other.url);
    await expectLine({ PORT: port }, new RegExp(`Port ${port} is taken`));
    other.close();
  });

  test("when DATA_DIR is a file", async () => {
    writeFileSync(join(folder, "file"), "");
    await expectLine({ DATA_DIR: join(folder, "file") }, /is a file/);
    for (const below of ["below", "below/it"]) {
      const path = join(folder, "file", below);
      expect(() => openDataDir(path)).toThrow(/: \S*\/file is a file where a folder is needed/);
    }
  });

  test("when DATA_DIR is where nothing can be made", async () => {
    symlinkSync(join(folder, "gone"), join(folder, "dangling"));
    await expectLine({ DATA_DIR: join(folder, "dangling", "data") }, /DATA_DIR .* cannot be made/);
    if (existsSync("/proc/self"))
      await expectLine({ DATA_DIR: "/proc/x" }, /DATA_DIR \(\/proc\/x\)/);
  });

  test("when the disk under DATA_DIR is full", async () => {
    // /dev/full is a file that is always full; only Linux has it.
    if (process.platform !== "linux") return;
    const { openDataDir } = await import("./data-dir.ts");
    expect(() => openDataDir("/dev/full")).toThrow(/is a file/);
    expect(lineFor(Object.assign(new Error("write"), { code: "ENOSPC" }))).toMatch(/disk is full/);
  });

  test("when the database's folder holds something else", async () => {
    const postgres = join(folder, "garbage", "postgres");
    mkdirSync(postgres, { recursive: true });
    writeFileSync(join(postgres, "holiday.jpg"), "");
    await expectLine(
      { DATA_DIR: join(folder, "garbage") },
      /holds something that is no PostgreSQL/,
    );
  });

  test("when the database was written by another PostgreSQL", async () => {
    const postgres = join(folder, "old", "postgres");
    mkdirSync(postgres, { recursive: true });
    writeFileSync(join(postgres, "PG_VERSION"), "15\n");
    await expectLine({ DATA_DIR: join(folder, "old") }, /was written by PostgreSQL 15, this is 18/);
  });

  test("when DATABASE_URL leads nowhere", async () => {
    const url = `postgres://a:secret@127.0.0.1:${await freePort()}/x`;
    await expectLine({ DATABASE_URL: url }, /^DATABASE_URL does not connect(?!.*secret)/);
  });

  test("when Stripe refuses the key", async () => {
    const stripe = await refusing();
    const keys = { STRIPE_SECRET_KEY: "sk_test_wrong", STRIPE_WEBHOOK_SECRET: "whsec_wrong" };
    await expectLine({ ...keys, STRIPE_API_URL: stripe.url }, /Stripe refuses STRIPE_SECRET_KEY/);
    stripe.close();
  });

  test("when the photos' bucket is not there, or not for us", async () => {
    const s3 = await startS3();
    const keys = { AWS_ACCESS_KEY_ID: S3_KEYS.id, AWS_SECRET_ACCESS_KEY: S3_KEYS.secret };
    const missing = s3.address.replace("s3://photos", "s3://another");
    await expectLine({ ...keys, PHOTO_STORE: missing }, /no such bucket/);
    const wrong = { ...keys, AWS_SECRET_ACCESS_KEY: "another" };
    await expectLine({ ...wrong, PHOTO_STORE: s3.address }, /refuses us the bucket/);
    await s3.close();
    // Where a market is filled its photos must have a place.
    const gone = new PhotoStoreAwayError("The photo store gave no answer: ECONNREFUSED");
    expect(lineFor(gone)).toMatch(/ECONNREFUSED\. See that the store of PHOTO_STORE runs/);
  });

  test("when Meilisearch refuses the key", async () => {
    const meili = await refusing();
    const env = { MEILI_URL: meili.url, MEILI_KEY: "wrong" };
    const { openSearch } = await import("./services.ts");
    const { createFamily } = await import("./family.ts");
    const opening = openSearch(readSettings(env), "key", createFamily());
    await expect(opening.catch(lineFor)).resolves.toMatch(/refuses MEILI_KEY/);
    meili.close();
  });
});

describe("DATA_DIR", () => {
  test("is held by one start at a time", async () => {
    const { lockDataDir, openDataDir } = await import("./data-dir.ts");
    const dataDir = join(folder, "held");
    openDataDir(dataDir);
    const lock = lockDataDir(dataDir, "npm start");
    await expectLine({ DATA_DIR: dataDir }, /is in use by npm start \(process \d+\)/);
    lock.release();
    expect(() => lockDataDir(dataDir, "npm start").release()).not.toThrow();
  });
});
