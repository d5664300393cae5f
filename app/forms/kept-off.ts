/**
 * Keeps what a page draws out of what the framework would send along for its scripts: pages of ours
 * ship none of these, yet each large list would be encoded for them first, a fifth of the time that a
 * long page takes. The page itself reads it as any other.
 */
export function keptOff<Data extends object>(data: Data, ...names: (keyof Data)[]): Data {
  for (const name of names) Object.defineProperty(data, name, { enumerable: false });
  return data;
}
