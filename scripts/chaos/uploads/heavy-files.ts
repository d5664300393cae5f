import { film, manyBoxes, manySegments, packedTexts } from "#tests/factories/heavy-photos.ts";
import type { Hostile } from "./hostile-files.ts";

const EXIF = "Exif\0\0II*\0\x08\0\0\0\0\0";

/** Small photos with so much beside the picture that to read it all would hold every other photo up. */
export async function heavyFiles(): Promise<Hostile[]> {
  return [
    { name: "a film of 80,000 frames", wanted: "taken", bytes: await film(80_000) },
    { name: "a film of 160,000 frames", wanted: "taken", bytes: await film(160_000) },
    { name: "20 GB of comments, packed", wanted: "taken", bytes: packedTexts(800, 24) },
    {
      name: "a JPEG with a million comments",
      wanted: "taken",
      bytes: await manySegments(1_000_000, 0xfe, "ab"),
    },
    {
      name: "a JPEG with 900,000 EXIFs",
      wanted: "taken",
      bytes: await manySegments(900_000, 0xe1, EXIF),
    },
    {
      name: "a JPEG with 900,000 parts of a profile",
      wanted: "taken",
      bytes: await manySegments(900_000, 0xe2, "ICC_PROFILE\0\x01\x02ab"),
    },
    { name: "an AVIF of 200,000 boxes", wanted: "any", bytes: await manyBoxes(200_000) },
  ];
}
