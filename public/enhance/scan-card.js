// Reads a household's card with the phone's camera, where the browser knows how to read codes: its
// number is typed into the scale's form. Elsewhere its button stays hidden; a scanner types by itself.
(() => {
  const form = document.querySelector("form[data-scale]");
  const place = form?.querySelector("[data-scan]");
  const camera = navigator.mediaDevices;
  if (!place || !window.BarcodeDetector || !camera?.getUserMedia) return;
  const FORMATS = ["qr_code", "code_128"];
  const LOOK_EVERY = 200;
  const button = place.querySelector("button");
  const video = place.querySelector("video");
  const { household, category, gross } = form.elements;
  let stream;

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = undefined;
    video.hidden = true;
  }

  async function look(detector) {
    if (!stream) return;
    const codes = await detector.detect(video).catch(() => []);
    const card = codes.map(({ rawValue }) => rawValue).find((text) => /^\d{8}$/.test(text));
    if (!card) return setTimeout(() => look(detector), LOOK_EVERY);
    stop();
    household.value = card;
    household.dispatchEvent(new Event("input", { bubbles: true }));
    (category.value === "" ? category : gross).focus();
  }

  async function start(formats) {
    stream = await camera.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    await look(new BarcodeDetector({ formats }));
  }

  BarcodeDetector.getSupportedFormats()
    .then((known) => {
      const formats = FORMATS.filter((format) => known.includes(format));
      if (formats.length === 0) return;
      place.hidden = false;
      button.addEventListener("click", () => (stream ? stop() : start(formats).catch(stop)));
      addEventListener("pagehide", stop);
    })
    .catch(() => {});
})();
