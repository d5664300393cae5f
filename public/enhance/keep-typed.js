// Keeps what is typed into a page of a draft or a listing in the phone until the server has it: a
// reload, a crash, a session that ended or a lost line costs her nothing. The page names the saving
// it was made of ("version"); words that are put back are sent as made of theirs, so that the server
// shows both where somebody else has saved meanwhile, and with their own key, so that what arrived
// all the same counts once. The page gives the words: data-typed-words, as JSON. What was sent has
// arrived when there is a later saving, or, with data-typed-until-said, when a page says so by
// data-typed-done, the address of the form.
(() => {
  const done = document.querySelector("[data-typed-done]");
  const form = document.querySelector("form[data-typed-words]");
  const { household } = document.documentElement.dataset;
  const PREFIX = "typed:";
  const keyOf = (path) => `${PREFIX}${household}:${path}`;
  if (done) window.photoShelf?.forgetAll(done.dataset.typedDone);
  try {
    if (done) localStorage.removeItem(keyOf(done.dataset.typedDone));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
  if (!form || !household || !window.formValues) return;
  const KEY = keyOf(location.pathname);
  const A_MONTH_MS = 30 * 24 * 60 * 60 * 1000;
  const words = JSON.parse(form.dataset.typedWords);
  const { version, clientKey } = form.elements;
  const { typedUntilSaid, typedUnsaved } = form.dataset;
  const note = document.createElement("p");
  note.className = "notice tone-persimmon";
  note.dataset.typedNote = "";
  note.setAttribute("role", "status");
  form.before(note);
  const say = (text) => {
    note.textContent = text;
    note.hidden = text === "";
  };

  const store = (isSent) => {
    const made = { version: version.value, clientKey: clientKey?.value };
    const kept = { ...made, values: formValues.read(form), isSent, at: Date.now() };
    localStorage.setItem(KEY, JSON.stringify(kept));
  };

  /** What was typed here and has not reached the server. */
  function unsaved() {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const shown = formValues.read(form);
    const isSame = (one) => Object.entries(one).every(([name, text]) => shown[name] === text);
    if (!kept || isSame(kept.values)) return null;
    // It was sent, and there is a later saving: it has arrived.
    const isLater = typedUntilSaid === undefined && kept.version !== version.value;
    return kept.isSent && isLater ? null : kept;
  }

  function start() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const { at } = JSON.parse(localStorage.getItem(key));
      if (Date.now() - at > A_MONTH_MS) localStorage.removeItem(key);
    }
    // What came back refused stands in this page alone, and is what she sent last.
    const kept = typedUnsaved === undefined ? unsaved() : null;
    if (kept) {
      formValues.fill(form, kept.values);
      version.value = kept.version;
      if (clientKey && kept.clientKey) clientKey.value = kept.clientKey;
    }
    if (kept || typedUnsaved !== undefined) store(false);
    else localStorage.removeItem(KEY);
    say(kept ? words.restored : "");
    form.addEventListener("input", () => store(false));
    form.addEventListener("submit", (event) => {
      store(navigator.onLine);
      if (navigator.onLine) return;
      event.preventDefault();
      say(words.kept);
      note.scrollIntoView({ block: "center" });
    });
    addEventListener("online", () => say(""));
  }

  try {
    start();
  } catch {
    note.remove(); // a browser that keeps nothing: the form works without
  }
})();
