// Reads a code with the phone's camera, where the browser knows how to, into the form in which
// [data-scan] stands: whoever listens there for "scanned" takes it, else the field that [data-into]
// names, else the form is sent with it. Elsewhere the button stays hidden; a scanner types by itself.
// [data-scan]: what is such a code, if not any.
(() => {
  const place = document.querySelector("[data-scan]");
  const form = place?.closest("form");
  const camera = navigator.mediaDevices;
  if (!form || !window.BarcodeDetector || !camera?.getUserMedia) return;
  const FORMATS = ["qr_code", "code_128"];
  const LOOK_EVERY = 200;
  const button = place.querySelector("button");
  const video = place.querySelector("video");
  const refused = place.querySelector("[role=alert]");
  const { scan, into } = place.dataset;
  const wanted = new RegExp(scan || ".");
  let stream;

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = undefined;
    video.hidden = true;
  }

  async function look(detector) {
    if (!stream) return;
    const codes = await detector.detect(video).catch(() => []);
    const code = codes.map(({ rawValue }) => rawValue).find((text) => wanted.test(text));
    if (!code) return setTimeout(() => look(detector), LOOK_EVERY);
    stop();
    const scanned = new CustomEvent("scanned", { detail: code, cancelable: true });
    if (!form.dispatchEvent(scanned)) return;
    const field = form.elements[into || "code"];
    field.value = code;
    if (!into) return form.submit();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  async function start(formats) {
    stream = await camera.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    await look(new BarcodeDetector({ formats }));
  }

  async function press(formats) {
    if (stream) return stop();
    // While the browser asks for the camera a second tap would open it twice, and stop but one.
    button.disabled = true;
    refused.hidden = true;
    await start(formats).catch(() => {
      stop();
      refused.hidden = false;
    });
    button.disabled = false;
  }

  BarcodeDetector.getSupportedFormats()
    .then((known) => {
      const formats = FORMATS.filter((format) => known.includes(format));
      if (formats.length === 0) return;
      place.hidden = false;
      button.addEventListener("click", () => press(formats));
      addEventListener("pagehide", stop);
    })
    .catch(() => {});
})();
