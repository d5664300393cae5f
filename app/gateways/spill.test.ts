import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spillInFolder } from "./spill.ts";

const disk = vi.hoisted(() => ({ failure: null as string | null }));
vi.mock("node:fs/promises", async (importActual) => {
  const actual = await importActual<typeof import("node:fs/promises")>();
  return {
    ...actual,
    open: async (path: string, flags: string, mode?: number) => {
      const file = await actual.open(path, flags, mode);
      const write = file.write.bind(file);
      const failing = async (...args: unknown[]) => {
        if (disk.failure) throw Object.assign(new Error(disk.failure), { code: disk.failure });
        return (write as (...all: unknown[]) => unknown)(...args);
      };
      return Object.assign(file, { write: failing });
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spill-"));
});
afterEach(async () => {
  disk.failure = null;
  await rm(folder, { recursive: true, force: true });
});

test("what was added is read again, and no file has a name meanwhile or afterwards", async () => {
  const spill = spillInFolder(join(folder, "arriving"));
  expect(await readdir(folder)).toEqual([]);
  expect(await spill.append(Buffer.from("peaches"))).toBe(true);
  expect(await spill.append(Buffer.from("pears"))).toBe(true);
  expect(await readdir(join(folder, "arriving"))).toEqual([]);
  expect(Buffer.from(await spill.read(7, 5)).toString()).toBe("pears");
  spill.cut(5);
  await spill.append(Buffer.from("-tree"));
  expect(Buffer.from(await spill.read(0, spill.length())).toString()).toBe("peach-tree");
  await expect(spill.read(8, 100)).rejects.toThrow("shorter");
  await spill.close();
  expect(await readdir(join(folder, "arriving"))).toEqual([]);
});

test.each(["ENOSPC", "EDQUOT"])(
  "a full disk (%s) is told, and other faults are thrown",
  async (code) => {
    const spill = spillInFolder(folder);
    await spill.append(Buffer.from("pear"));
    disk.failure = code;
    expect(await spill.append(Buffer.from("more"))).toBe(false);
    expect(spill.length()).toBe(4);
    disk.failure = "EIO";
    await expect(spill.append(Buffer.from("more"))).rejects.toThrow("EIO");
    await spill.close();
  },
);
