// Turns a photo upright and shrinks it in the phone: at most 1600 pixels and 300 kB, and no GPS
// position in it. Other scripts of ours call window.shrinkPhoto(file); where the browser cannot,
// there is no such function, or the file comes back as it was: the server says what is wrong.
(() => {
  const LONGEST = 1600;
  const MOST_BYTES = 300_000;
  const PREVIEW = 160;
  const QUALITIES = [0.82, 0.7, 0.58, 0.46];
  const HEAD_BYTES = 256 * 1024; // EXIF stands within the first of them
  const [APP1, EXIF, LITTLE, ORIENTATION] = [0xffe1, 0x45786966, 0x4949, 0x0112];
  /** What makes each of EXIF's orientations upright: quarters of a turn, once it is mirrored or not. */
  const TURNS = [[0], [0, true], [2], [2, true], [3, true], [1], [1, true], [3]];
  /** Two pixels side by side, to be turned (orientation 6): upright, one stands on the other. */
  const PROBE =
    "/9j/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP//////////////////////////////////" +
    "////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAA" +
    "AAAAAv/EABgQAAIDAAAAAAAAAAAAAAAAAAABMXGx/9oACAEBAAA/AGoVLD//2Q==";
  if (!window.createImageBitmap) return;

  /**
   * Chrome 80 reads a photo as the sensor stored it, Chrome 83 too, later ones upright; and no
   * option says so to all of them: one that a browser does not know makes it refuse the photo.
   */
  const readsUpright = async () => {
    const bytes = Uint8Array.from(atob(PROBE), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    return image.height > image.width;
  };
  let isUprightAsked;

  /** The orientation that stands in a JPEG's EXIF: 1 (upright) to 8; 1 where there is none. */
  const orientationOf = async (file) => {
    const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
    try {
      if (view.getUint16(0) !== 0xffd8) return 1;
      let at = 2;
      while (view.getUint16(at) !== APP1 || view.getUint32(at + 4) !== EXIF) {
        if (view.getUint8(at) !== 0xff) return 1;
        at += 2 + view.getUint16(at + 2);
      }
      const tiff = at + 10;
      const isLittle = view.getUint16(tiff) === LITTLE;
      const list = tiff + view.getUint32(tiff + 4, isLittle);
      for (let left = view.getUint16(list, isLittle), tag = list + 2; left > 0; left--, tag += 12) {
        if (view.getUint16(tag, isLittle) !== ORIENTATION) continue;
        const found = view.getUint16(tag + 8, isLittle);
        return found >= 1 && found <= 8 ? found : 1;
      }
    } catch {} // it ends before it says so
    return 1;
  };

  /** What is still to be done to a photo that the browser has read, as EXIF numbers it. */
  const turnOf = async (file) => {
    isUprightAsked = isUprightAsked || readsUpright();
    return (await isUprightAsked) ? 1 : orientationOf(file);
  };

  const draw = (image, longest, turn = 1) => {
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const width = Math.max(1, Math.round(image.width * scale));
    const height = Math.max(1, Math.round(image.height * scale));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = turn > 4 ? [height, width] : [width, height];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG has no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    const [quarters, isMirrored] = TURNS[turn - 1];
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((quarters * Math.PI) / 2);
    if (isMirrored) pen.scale(-1, 1);
    pen.drawImage(image, -width / 2, -height / 2, width, height);
    return canvas;
  };

  const toJpeg = (canvas, quality) =>
    new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

  // First coarser, then smaller: leaves and soil hide a coarse JPEG better than a small one.
  const squeeze = async (canvas) => {
    let blob = null;
    for (const longest of [LONGEST, 1280, 960, 720, 540]) {
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
      const turn = await turnOf(file);
      const image = await createImageBitmap(file);
      const canvas = draw(image, LONGEST, turn);
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
