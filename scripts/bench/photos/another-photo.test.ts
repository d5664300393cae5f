import { expect, test } from "vitest";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { anotherPhoto } from "./another-photo.ts";

test("another photo has other bytes and shows the same picture, upright too", async () => {
  const photo = await phonePhoto({ width: 200, height: 150 });
  const others = [anotherPhoto(photo, 1), anotherPhoto(photo, 70_000)];
  expect(new Set([photo, ...others].map((one) => one.toString("base64"))).size).toBe(3);
  const kept = await stripPhoto(photo);
  expect(kept).toMatchObject({ ok: true, width: 150, height: 200 });
  for (const other of others) {
    expect({ ...(await stripPhoto(other)), contentHash: "" }).toEqual({ ...kept, contentHash: "" });
  }
});
