// On each page of a draft: keeps in the phone, and at once on its disk (kept-words.js), what the market has of it by now, its words and which
// photos, so that the form that needs no signal can go on with all of it (take-draft.js); and where
// the line is gone, leads there. data-draft-saved: what the market has, as JSON; its note is
// [data-go-offline]. Without it, or where the phone keeps nothing, she waits for the signal.
(() => {
  const form = document.querySelector("form[data-draft-saved]");
  const { household } = document.documentElement.dataset;
  if (!form || !household) return;
  const PREFIX = "draft:";
  const A_MONTH_MS = 30 * 24 * 60 * 60 * 1000;
  const { id, ...saved } = JSON.parse(form.dataset.draftSaved);

  /** A photo whose tick she takes away on the page is not to come along. */
  const isWanted = (photoId) =>
    !form.querySelector(`[type=checkbox][name=photoId][value="${photoId}"]:not(:checked)`);
  function store() {
    const photoIds = saved.photoIds.filter(isWanted);
    const kept = { ...saved, photoIds, had: saved.photoIds, at: Date.now() };
    const key = `${PREFIX}${household}:${id}`;
    localStorage.setItem(key, JSON.stringify(kept));
    window.keptWords?.put(key, kept);
  }
  function tidy() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      if (Date.now() - JSON.parse(localStorage.getItem(key)).at > A_MONTH_MS) {
        localStorage.removeItem(key);
      }
    }
  }
  try {
    tidy();
    store();
  } catch {
    return;
  }
  form.addEventListener("change", ({ target }) => {
    if (target?.name === "photoId") store();
  });

  const note = document.querySelector("[data-go-offline]");
  if (!note) return;
  const show = () => {
    note.hidden = navigator.onLine;
  };
  form.addEventListener("submit", () => {
    show();
    if (!note.hidden) note.scrollIntoView({ block: "center" });
  });
  for (const change of ["online", "offline"]) addEventListener(change, show);
  show();
})();
