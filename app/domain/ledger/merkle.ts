import { createHash } from "node:crypto";

// Merkle trees as certificate transparency builds them: https://www.rfc-editor.org/rfc/rfc6962#section-2.1
// Leaves and nodes are hashed with different first bytes, so that no node can pass for a leaf.

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The hash of one leaf: SHA-256(0x00 ‖ bytes). */
export function leafHash(bytes: Uint8Array): Buffer {
  return sha256(LEAF, bytes);
}

/** The largest power of two below `size`: how many leaves stand left of the root. */
function leftSize(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

/** The root over leaf hashes in their order; of no leaves, the hash of nothing. RFC 6962, 2.1. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return sha256();
  if (leaves.length === 1) return first;
  const split = leftSize(leaves.length);
  return sha256(NODE, merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/**
 * What must be known beside the leaf at `index` to compute the root, from the leaf upwards.
 * Throws when there is no such leaf. RFC 6962, 2.1.1.
 */
export function auditPath(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError(`no leaf ${index}`);
  if (leaves.length === 1) return [];
  const split = leftSize(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...auditPath(left, index), merkleRoot(right)]
    : [...auditPath(right, index - split), merkleRoot(left)];
}

/**
 * The root to which the path leads from the leaf at `index` of `size` leaves; null when a path of
 * this length cannot lead to one. RFC 9162, 2.1.3.2.
 */
export function rootFromPath(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
): Buffer | null {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return null;
  let [own, last, root] = [index, size - 1, leaf];
  for (const beside of path) {
    if (last === 0) return null;
    if (own % 2 === 1 || own === last) {
      root = sha256(NODE, beside, root);
      while (own % 2 === 0 && own !== 0) [own, last] = [own / 2, Math.floor(last / 2)];
    } else {
      root = sha256(NODE, root, beside);
    }
    [own, last] = [Math.floor(own / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}
