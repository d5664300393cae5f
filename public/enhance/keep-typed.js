// Keeps what is typed into a page of a draft in the phone until the server has it: a reload, a
// crash, a session that ended or a lost line costs her nothing. The page names the saving it was
// made of ("version"); words that are put back are sent as made of theirs, so that the server shows
// both where somebody else has saved meanwhile. The page gives the words: data-typed-words, as JSON.
(() => {
  const form = document.querySelector("form[data-typed-words]");
  const { household } = document.documentElement.dataset;
  if (!form || !household || !window.formValues) return;
  const PREFIX = "typed:";
  const KEY = `${PREFIX}${household}:${location.pathname}`;
  const A_MONTH_MS = 30 * 24 * 60 * 60 * 1000;
  const words = JSON.parse(form.dataset.typedWords);
  const { version } = form.elements;
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
    const kept = { version: version.value, values: formValues.read(form), isSent, at: Date.now() };
    localStorage.setItem(KEY, JSON.stringify(kept));
  };

  /** What was typed here and has not reached the server. */
  function unsaved() {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const shown = formValues.read(form);
    const isSame = (one) => Object.entries(one).every(([name, text]) => shown[name] === text);
    if (!kept || isSame(kept.values)) return null;
    // It was sent, and the draft has been saved since: it has arrived.
    return kept.isSent && kept.version !== version.value ? null : kept;
  }

  function start() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const { at } = JSON.parse(localStorage.getItem(key));
      if (Date.now() - at > A_MONTH_MS) localStorage.removeItem(key);
    }
    const kept = unsaved();
    if (kept) {
      formValues.fill(form, kept.values);
      version.value = kept.version;
      store(false);
    } else localStorage.removeItem(KEY);
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
