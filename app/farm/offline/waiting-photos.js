// What she shot for a draft before the line or the phone died, and the market has not got: on the
// pages from which she lists, with its first picture, a way to go on and one to throw it away. The
// server knows nothing of such a draft. Without a signal the form that needs none takes its photos.
(() => {
  const section = document.querySelector("[data-waiting-photos]");
  const shelf = window.photoShelf;
  if (!section || !shelf) return;
  const words = section.dataset.waitingPhotos;
  const template = section.querySelector("template");
  const list = section.querySelector("ul");

  const stepsOf = (draft) => `/farm/listings/drafts/${draft}/`;
  const isHere = (draft) =>
    location.pathname.startsWith(stepsOf(draft)) || location.hash === `#draft=${draft}`;

  function card(draft, photos) {
    const item = template.content.cloneNode(true);
    item.querySelector("img").src = URL.createObjectURL(photos[0].file);
    item.querySelector("p").textContent = words.replace("{count}", photos.length);
    const link = item.querySelector("a");
    link.href = `${stepsOf(draft)}photos`;
    link.addEventListener("click", () => {
      if (!navigator.onLine) link.href = `/farm/offline#draft=${draft}`;
    });
    item.querySelector("button").addEventListener("click", async () => {
      await shelf.forgetAll(draft);
      show();
    });
    return item;
  }

  /** Where the line is there, what the server has of a draft leads to its photos as well. */
  const isListed = (draft) =>
    navigator.onLine &&
    document.querySelector(`main li:not([data-waiting]) > a[href="${stepsOf(draft)}photos"]`);

  async function show() {
    // The form of a path finds its own by itself.
    const isDraft = ({ draft }) => !draft.startsWith("/") && !isHere(draft) && !isListed(draft);
    const photos = (await shelf.all()).filter(isDraft);
    const drafts = [...new Set(photos.map(({ draft }) => draft))].reverse();
    const of = (one) => photos.filter(({ draft }) => draft === one);
    list.textContent = "";
    list.append(...drafts.map((draft) => card(draft, of(draft))));
    section.hidden = drafts.length === 0;
  }
  for (const form of document.querySelectorAll('form[action$="/discard"]')) {
    const [draft] = form.getAttribute("action").match(/[0-9a-f-]{36}/);
    form.addEventListener("submit", () => shelf.forgetAll(draft));
  }
  for (const change of ["online", "offline"]) addEventListener(change, show);
  show();
})();
