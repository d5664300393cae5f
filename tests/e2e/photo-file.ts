import { phonePhoto } from "#tests/factories/phone-photo.ts";

/** A small photo as a field takes it out of the phone; of another width it is another one. */
export const photoFile = async (width = 640, { height = 480, name = "a.jpg" } = {}) => ({
  ...{ name, mimeType: "image/jpeg" },
  buffer: await phonePhoto({ width, height }),
});
