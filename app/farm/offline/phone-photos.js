// The photos of a listing that is made without a signal: kept in the phone as soon as they are shot,
// then made small there, for the line they will go through and the room they take.
self.phonePhotos = (() => {
  const LONGEST = 1600;
  const MOST_BYTES = 300_000;

  const draw = (image, scale) => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG has no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  const toJpeg = (canvas, quality) =>
    new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

  /** At most 1600 pixels and 300 kB, upright; null for what this phone cannot draw. */
  async function shrink(file) {
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      let canvas = draw(image, Math.min(1, LONGEST / Math.max(image.width, image.height)));
      image.close();
      for (;;) {
        for (const quality of [0.82, 0.7, 0.55]) {
          const small = await toJpeg(canvas, quality);
          if (small.size <= MOST_BYTES) return small;
        }
        canvas = draw(canvas, 0.75);
      }
    } catch {
      return null; // the server says what is wrong with it
    }
  }

  const nameOf = (name) => `${name.replace(/\.\w+$/, "")}.jpg`;

  /** Keeps a photo as it was shot, so that a crash loses none, and then small in its place. */
  async function keep(offer, photo) {
    if (photo.isAsShot) await keptOffers.savePhoto(offer, photo);
    const blob = await shrink(photo.blob);
    const small = { ...photo, isAsShot: false };
    const kept = blob ? { ...small, blob, name: nameOf(photo.name) } : small;
    await keptOffers.savePhoto(offer, kept);
    return kept;
  }

  return { keep };
})();
