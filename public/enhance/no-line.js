// On the first page of a draft: says so when there is no signal, and leads on to the form that needs
// none, with the photos (the market has some of them by now). A tap on "next" waits for the signal.
(() => {
  const note = document.querySelector("[data-no-line]");
  const form = note?.closest("form");
  const list = form?.querySelector(".photo-uploads"); // of photo-upload.js
  if (!list) return;
  let held;

  /** A line may break without the browser noticing: then a photo has stopped on its way. */
  const isCut = () =>
    !navigator.onLine || list.querySelector('[data-state="stopped"]:not([hidden])') !== null;
  const show = () => {
    note.hidden = !isCut();
  };

  form.addEventListener("submit", (event) => {
    if (isCut()) note.scrollIntoView({ block: "center" });
    if (navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    held = event.submitter || null; // an older browser does not say which
  });
  note.querySelector("a").addEventListener("click", async (event) => {
    event.preventDefault();
    const { href } = event.currentTarget;
    const there = [...list.querySelectorAll('[data-state="there"]:not([hidden])')];
    for (const { record } of there) await photoShelf.put(record);
    location.assign(href);
  });
  new MutationObserver(show).observe(list, { childList: true, subtree: true, attributes: true });
  addEventListener("offline", show);
  addEventListener("online", () => {
    show();
    if (held !== undefined) form.requestSubmit(held);
    held = undefined;
  });
  show();
})();
