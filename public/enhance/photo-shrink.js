// Turns a photo upright and shrinks it in the phone: at most 1600 pixels and 300 kB, and no GPS
// position in it. Other scripts of ours call window.shrinkPhoto(file); where the browser cannot,
// there is no such function, or the file comes back as it was: the server says what is wrong.
(() => {
  const LONGEST = 1600;
  const MOST_BYTES = 300_000;
  const PREVIEW = 160;
  const QUALITIES = [0.82, 0.7, 0.58, 0.46];
  if (!window.createImageBitmap) return;

  const draw = (image, longest) => {
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
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

  // First coarser, then smaller: leaves and soil hide a coarse JPEG better than a small one.
  const squeeze = async (canvas) => {
    let blob = null;
    for (const longest of [LONGEST, 1280, 960]) {
      const smaller = draw(canvas, longest);
      for (const quality of QUALITIES) {
        blob = await toJpeg(smaller, quality);
        if (blob && blob.size <= MOST_BYTES) return blob;
      }
    }
    return blob;
  };

  window.shrinkPhoto = async (file) => {
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const canvas = draw(image, LONGEST);
      image.close();
      const blob = await squeeze(canvas);
      const name = `${(file.name || "photo").replace(/\.\w+$/, "")}.jpg`;
      // Also where it is no smaller: the file may say where it was taken, or have too many pixels.
      const small = blob ? new File([blob], name, { type: "image/jpeg" }) : file;
      return { file: small, preview: draw(canvas, PREVIEW) };
    } catch {
      return { file, preview: null };
    }
  };
})();
