export type PhotoFormat = "jpeg" | "png" | "webp" | "avif";

/**
 * Says what a file is by its first bytes; null for everything that is not one of our four formats.
 * HEIC is the same container as AVIF with another codec, so the brands decide
 * (ISO/IEC 14496-12 §4.3, AV1 Image File Format §6).
 */
export function sniffPhotoFormat(bytes: Uint8Array): PhotoFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 12) === "WEBP") return "webp";
  if (text(bytes, 4, 8) === "ftyp" && hasAvifBrand(bytes)) return "avif";
  return null;
}

/** Whether what the decoder found is what we take: it must agree with the first bytes' family. */
export function isAcceptedFormat(header: { format: string; compression?: string }): boolean {
  if (header.format === "heif") return header.compression === "av1";
  return header.format === "jpeg" || header.format === "png" || header.format === "webp";
}

function hasAvifBrand(bytes: Uint8Array): boolean {
  const boxLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const end = Math.min(boxLength, bytes.byteLength, 256);
  const brands = [text(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text(bytes, at, at + 4));
  return brands.includes("avif");
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
