// Keeps what is typed into a page of a draft or a listing in the phone until the server has it: a
// reload, a crash, a session that ended or a lost line costs her nothing. The page names the saving
// it was made of ("version"); words that are put back are sent as made of theirs, so that the server
// shows both where somebody else has saved meanwhile, and with their own key, so that what arrived
// all the same counts once. The page gives the words: data-typed-words, as JSON. What was typed has
// arrived when the page shows just that, when the page says that it has had the key (data-typed-taken)
// and nothing else was typed after that sending ("isOther": "back" brings the sent page again), or when
// that very sending was answered: each has a name, which the server gives back in the address to which
// it leads on (?arrived=). A link with data-typed-drop takes what is saved there instead.
(() => {
  const form = document.querySelector("form[data-typed-words]");
  /** Whose words they are: two may share a phone. */
  const whose = form?.dataset.typedOf ?? document.documentElement.dataset.household;
  const PREFIX = "typed:";
  const A_MONTH_MS = 30 * 24 * 60 * 60 * 1000;

  /** Drops what is kept of a form, and its photos. */
  function forget(key, { photos }) {
    if (photos) window.photoShelf?.forgetAll(photos);
    drop(key);
  }
  function drop(key) {
    // The page may be left before the disk has heard of it: older words there count no more.
    localStorage.setItem(key, JSON.stringify({ values: {}, at: Date.now() }));
    window.keptWords?.forget(key);
  }

  /** Drops what has arrived, and what nobody came back for in a month. */
  function tidy(arrived) {
    const hasArrived = ({ sending }) => arrived !== null && sending === arrived;
    const isOld = ({ at }) => Date.now() - at > A_MONTH_MS;
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const kept = JSON.parse(localStorage.getItem(key));
      if (hasArrived(kept)) forget(key, kept);
      else if (isOld(kept)) localStorage.removeItem(key);
    }
    window.keptWords?.tidy((kept) => hasArrived(kept) || isOld(kept));
  }
  try {
    const here = new URL(location.href);
    const arrived = here.searchParams.get("arrived");
    tidy(arrived);
    here.searchParams.delete("arrived");
    if (arrived !== null) history.replaceState(history.state, "", here);
  } catch {
    return; // a browser that keeps nothing has nothing to forget
  }
  if (!form || !whose || !window.formValues) return;
  const KEY = `${PREFIX}${whose}:${location.pathname}`;
  const words = JSON.parse(form.dataset.typedWords);
  const own = ["version", "clientKey"].flatMap((name) => form.elements[name] ?? []);
  const photos = form.querySelector("[data-photo-upload]")?.dataset.photoUpload;
  const taken = (form.dataset.typedTaken ?? "").split(" ");
  const isUnsaved = form.dataset.typedUnsaved !== undefined;
  document
    .querySelector("[data-typed-drop]")
    ?.addEventListener("click", () => forget(KEY, { photos }));
  const note = document.createElement("p");
  note.className = "notice tone-persimmon";
  note.dataset.typedNote = "";
  note.setAttribute("role", "status");
  form.before(note);
  const say = (text) => {
    note.textContent = text;
    note.hidden = text === "";
  };

  /** What this page has sent first, and whether what stands in it now is anything else. */
  let sent;
  let isOther = false;

  /** `at` is of words that are only put back: the disk may have later ones, and keeps them. */
  const store = (sending, at) => {
    const made = Object.fromEntries(own.map(({ name, value }) => [name, value]));
    const values = formValues.read(form);
    isOther = isOther || (sent !== undefined && sent !== JSON.stringify(values));
    const kept = { made, values, sending, photos, at: at ?? Date.now(), isOther };
    localStorage.setItem(KEY, JSON.stringify(kept));
    if (!at) window.keptWords?.put(KEY, kept);
  };

  /** What was typed here and, for all the phone knows, has not reached the server. */
  function unsaved() {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (taken.includes(kept?.made?.clientKey) && !kept.isOther) return forget(KEY, kept);
    const shown = formValues.read(form);
    const isSame = (one) => Object.entries(one).every(([name, text]) => shown[name] === text);
    return kept && !isSame(kept.values) ? kept : null;
  }

  /** What the page has no field for any more goes along: the server says why it stays as it is. */
  function carry(values) {
    const shown = new Set([...form.elements].map(({ type, name }) => type !== "hidden" && name));
    for (const [name, text] of Object.entries(values)) {
      if (shown.has(name) || typeof text !== "string") continue;
      const hidden = form.elements[name] ?? document.createElement("input");
      form.append(Object.assign(hidden, { type: "hidden", name, value: text }));
    }
  }

  /** Puts back what was typed, and says so. */
  function restore() {
    // What came back refused stands in this page alone, and is what she sent last.
    const kept = isUnsaved ? null : unsaved();
    if (kept) {
      carry(kept.values);
      formValues.fill(form, { ...kept.values, ...typed });
      isOther = kept.isOther === true;
      for (const hidden of own) hidden.value = kept.made?.[hidden.name] ?? hidden.value;
    }
    if (kept || isUnsaved) store(undefined, kept?.at);
    else localStorage.removeItem(KEY);
    say(kept ? words.restored : "");
    return kept;
  }

  const keptAt = () => JSON.parse(localStorage.getItem(KEY) ?? "null")?.at ?? 0;
  const foundAt = keptAt();

  /** What the disk has later words of than the browser, which died before it had written them. */
  async function recall() {
    const onDisk = isUnsaved ? undefined : await window.keptWords?.get(KEY);
    if (!onDisk || isTyping || onDisk.at <= Math.max(foundAt, keptAt())) return;
    localStorage.setItem(KEY, JSON.stringify(onDisk));
    if (!restore()) drop(KEY);
  }

  /** Before this script was there; the later words, where others are put back. */
  const typed = formValues.typedBefore(form);
  let isTyping = false;
  function start() {
    const sending = document.createElement("input");
    Object.assign(sending, { type: "hidden", name: "sending" });
    form.append(sending);
    restore();
    const recalled = recall();
    if (Object.keys(typed).length > 0) recalled.then(() => store()).catch(() => {});
    form.addEventListener("input", () => {
      isTyping = true;
      store();
    });
    form.addEventListener("submit", (event) => {
      sending.value = Date.now().toString(36) + Math.random().toString(36).slice(2);
      store(navigator.onLine ? sending.value : undefined);
      if (navigator.onLine) {
        sent = sent || JSON.stringify(formValues.read(form));
        return;
      }
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
