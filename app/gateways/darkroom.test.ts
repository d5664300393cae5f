import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, expect, test, vi } from "vitest";
import { manyScans } from "#tests/factories/many-scans.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { openDarkroom } from "./darkroom.ts";
import { makeVariants } from "./photo-pipeline.ts";
import { stripPhoto } from "./strip-photo.ts";

// It gives way to everything else that runs meanwhile.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const darkroom = openDarkroom();
afterEach(() => darkroom.close());

/** The processes of darkrooms that this one has started. */
function inThere(): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === process.pid)
    .filter((words) => words.some((word) => word.endsWith("darkroom-process.ts")))
    .map(([pid]) => Number(pid));
}

test("what is made of a photo elsewhere is what would be made of it here", async () => {
  const photo = await phonePhoto({ width: 1600, height: 1200 });
  const stripped = await darkroom.stripPhoto(photo);
  expect(stripped).toEqual(await stripPhoto(photo));
  if (!stripped.ok) throw new Error(stripped.reason);
  expect(await darkroom.makeVariants(stripped.master)).toEqual(await makeVariants(stripped.master));
  expect(await darkroom.stripPhoto(photo.subarray(0, 9_000))).toEqual({
    ok: false,
    reason: "photo-damaged",
  });
  expect(inThere()).toHaveLength(1);
});

test("of photos that come at once each gets its own answer, and all are worked on in one place", async () => {
  const sizes = [40, 60, 80];
  const photos = await Promise.all(
    sizes.map((width) =>
      sharp({ create: { width, height: 30, channels: 3, background: "#3a3" } })
        .jpeg()
        .toBuffer(),
    ),
  );
  const stripped = await Promise.all(photos.map((photo) => darkroom.stripPhoto(photo)));
  expect(stripped.map((one) => one.ok && one.width)).toEqual(sizes);
  expect(inThere()).toHaveLength(1);
});

/** Ends a darkroom as soon as it is there; whose it was. */
async function fell(before?: number): Promise<number> {
  await expect.poll(() => inThere()[0] ?? before, { timeout: 30_000 }).not.toBe(before);
  const pid = inThere()[0] as number;
  process.kill(pid, "SIGKILL");
  return pid;
}

test("when it falls over, the photo it had is worked on once more, and the next one too", async () => {
  const photo = await phonePhoto();
  const lost = darkroom.stripPhoto(photo);
  const next = darkroom.stripPhoto(photo);
  await fell();
  expect(await lost).toMatchObject({ ok: true });
  expect(await next).toMatchObject({ ok: true });
});

test("what brings it down twice is no photo", async () => {
  const photo = await phonePhoto();
  const stripped = darkroom.stripPhoto(photo);
  await fell(await fell());
  expect(await stripped).toEqual({ ok: false, reason: "photo-damaged" });
  const master = await sharp(photo).resize(320).jpeg().toBuffer();
  const made = darkroom.makeVariants(master);
  const refused = expect(made).rejects.toThrow("the darkroom fell over: SIGKILL");
  await fell(await fell());
  await refused;
});

test("one that ended between two photos, unheard of yet, costs the next photo nothing", async () => {
  const photo = await phonePhoto({ width: 200, height: 150 });
  await darkroom.stripPhoto(photo);
  process.kill(inThere()[0] as number, "SIGKILL");
  // Nothing of this process runs until it is asked again.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  expect(await darkroom.stripPhoto(photo)).toMatchObject({ ok: true });
});

test("a photo that costs too much is given up with its process, and the next one is worked on", async () => {
  const impatient = openDarkroom({ cpuMs: 20 });
  try {
    const heavy = impatient.stripPhoto(manyScans(5_000, 4_000, 60));
    await expect.poll(inThere, { timeout: 30_000 }).toHaveLength(1);
    const [pid] = inThere();
    expect(await heavy).toEqual({ ok: false, reason: "photo-unusual" });
    await expect.poll(inThere, { timeout: 30_000 }).not.toContain(pid);
    const light = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#3a3" } })
      .jpeg()
      .toBuffer();
    expect(await impatient.stripPhoto(light)).toMatchObject({ ok: true });
  } finally {
    await impatient.close();
  }
});

test("one that stands still holds nobody up for ever", async () => {
  const folder = await mkdtemp(join(tmpdir(), "darkroom-"));
  const endless = join(folder, "photo");
  execFileSync("mkfifo", [endless]); // nobody ever writes into it
  const impatient = openDarkroom({ wallMs: 1_000 });
  try {
    expect(await impatient.stripPhoto(endless)).toEqual({ ok: false, reason: "photo-unusual" });
    await expect.poll(inThere, { timeout: 30_000 }).toEqual([]);
  } finally {
    await impatient.close();
    await rm(folder, { recursive: true });
  }
});

test("nothing of it is left when it is closed", async () => {
  await darkroom.stripPhoto(await phonePhoto({ width: 200, height: 150 }));
  const [pid] = inThere();
  await darkroom.close();
  await expect.poll(inThere, { timeout: 30_000 }).not.toContain(pid);
});
