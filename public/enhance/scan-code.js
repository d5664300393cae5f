// Reads a code with the phone's camera, where the browser knows how to, and sends the form with it.
// Elsewhere its button stays hidden; a scanner types by itself.
(() => {
  const form = document.querySelector("form[data-scan-code]");
  const place = form?.querySelector("[data-scan]");
  const camera = navigator.mediaDevices;
  if (!place || !window.BarcodeDetector || !camera?.getUserMedia) return;
  const FORMATS = ["qr_code", "code_128"];
  const LOOK_EVERY = 200;
  const button = place.querySelector("button");
  const video = place.querySelector("video");
  let stream;

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = undefined;
    video.hidden = true;
  }

  async function look(detector) {
    if (!stream) return;
    const codes = await detector.detect(video).catch(() => []);
    const code = codes.map(({ rawValue }) => rawValue).find((text) => text);
    if (!code) return setTimeout(() => look(detector), LOOK_EVERY);
    stop();
    form.elements.code.value = code;
    form.submit();
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
