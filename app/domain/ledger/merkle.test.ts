import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auditPath, leafHash, merkleRoot, rootFromPath } from "./merkle.ts";

// The eight leaves, roots and paths with which certificate transparency's own tree is tested.
const LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => leafHash(Buffer.from(hex, "hex")));

const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const PATHS: [index: number, size: number, path: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    5,
    8,
    [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
  [
    1,
    5,
    [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
];

const bytes = fc.uint8Array({ maxLength: 12 });
const tree = fc
  .array(bytes, { minLength: 1, maxLength: 70 })
  .map((values) => values.map((value) => leafHash(value)));
const treeAndLeaf = tree.chain((leaves) =>
  fc.tuple(fc.constant(leaves), fc.nat({ max: leaves.length - 1 })),
);

describe("the Merkle tree", () => {
  test("has the roots of RFC 6962's reference tree", () => {
    expect(merkleRoot([])).toEqual(createHash("sha256").digest());
    expect(ROOTS.map((_, index) => merkleRoot(LEAVES.slice(0, index + 1)).toString("hex"))).toEqual(
      ROOTS,
    );
  });

  test.each(PATHS)("has the reference path from leaf %i of %i", (index, size, path) => {
    const found = auditPath(LEAVES.slice(0, size), index);
    expect(found.map((hash) => hash.toString("hex"))).toEqual(path);
    const root = rootFromPath(LEAVES[index] as Buffer, index, size, found);
    expect(root?.toString("hex")).toBe(ROOTS[size - 1]);
  });

  test("proves every leaf of every tree", () => {
    fc.assert(
      fc.property(treeAndLeaf, ([leaves, index]) => {
        const path = auditPath(leaves, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(leaves.length)));
        const root = rootFromPath(leaves[index] as Buffer, index, leaves.length, path);
        expect(root).toEqual(merkleRoot(leaves));
      }),
    );
  });

  test("proves no other leaf, and nothing by a path that was tampered with", () => {
    fc.assert(
      fc.property(treeAndLeaf, bytes, fc.nat(), ([leaves, index], other, at) => {
        const root = merkleRoot(leaves);
        const path = auditPath(leaves, index);
        const leaf = leaves[index] as Buffer;
        const stranger = leafHash(Buffer.concat([Buffer.from("stranger"), other]));
        const size = leaves.length;
        expect(rootFromPath(stranger, index, size, path)).not.toEqual(root);
        expect(rootFromPath(leaf, index, size, [...path, leaf])).toBeNull();
        if (path.length === 0) return;
        expect(rootFromPath(leaf, index, size, path.slice(1))).toBeNull();
        const changed = path.map((hash, step) => (step === at % path.length ? stranger : hash));
        expect(rootFromPath(leaf, index, size, changed)).not.toEqual(root);
      }),
    );
  });

  test("has another root when any leaf is changed, dropped, added or swapped", () => {
    fc.assert(
      fc.property(treeAndLeaf, bytes, ([leaves, index], other) => {
        const root = merkleRoot(leaves);
        const stranger = leafHash(Buffer.concat([Buffer.from("stranger"), other]));
        expect(merkleRoot(leaves.with(index, stranger))).not.toEqual(root);
        expect(merkleRoot(leaves.toSpliced(index, 1))).not.toEqual(root);
        expect(merkleRoot(leaves.toSpliced(index, 0, stranger))).not.toEqual(root);
        const last = leaves.length - 1;
        const swapped = leaves
          .with(index, leaves[last] as Buffer)
          .with(last, leaves[index] as Buffer);
        if (!leaves[index]?.equals(leaves[last] as Buffer)) {
          expect(merkleRoot(swapped)).not.toEqual(root);
        }
      }),
    );
  });

  test("takes no node for a leaf", () => {
    const [one, two] = LEAVES.slice(0, 2) as [Buffer, Buffer];
    expect(leafHash(Buffer.concat([one, two]))).not.toEqual(merkleRoot([one, two]));
  });

  test.each([
    [-1, 3],
    [3, 3],
    [0.5, 3],
    [0, 0],
  ])("knows no leaf %d of %d", (index, size) => {
    expect(() => auditPath(LEAVES.slice(0, size), index === 0.5 ? 3 : index)).toThrow(RangeError);
    expect(rootFromPath(LEAVES[0] as Buffer, index, size, [])).toBeNull();
  });
});
