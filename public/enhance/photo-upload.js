// Sends the photos of <input type="file" data-photo-upload> one by one in small pieces, as soon as
// they are chosen (photo-shrink.js makes them small; /farm/uploads speaks tus 1.0.0). A cut goes on
// where it stopped; after a reload too, because the phone keeps each photo (photo-shelf.js) until
// the market has it: in the draft that data-photo-upload names, or, where it names the path of a
// form and whose it is, once the form has arrived (keep-typed.js). data-upload-for names the
// household for which a manager sends them. The form then sends the photos' ids. Without it, or where
// it cannot, the form sends the files as they were chosen. data-words: the page's words, as JSON.
(() => {
  const LIMIT = 6;
  const PIECE = { least: 16 * 1024, first: 64 * 1024, most: 512 * 1024 };
  const PATIENCE_MS = 60_000; // for one piece
  const input = document.querySelector("input[type=file][data-photo-upload]");
  const form = input?.form;
  const shelf = window.photoShelf;
  if (!form || !window.shrinkPhoto || !shelf || !form.requestSubmit) return;
  const { photoUpload: draft, uploadFor } = input.dataset;
  const isDraft = !draft.startsWith("/");
  const words = JSON.parse(input.dataset.words);
  // Two may share a phone: for whoever has signed in since, the market takes nothing of this page.
  const { household = "" } = document.documentElement.dataset;
  const whose = uploadFor ? { "For-Household": uploadFor } : { "Farm-Household": household };
  const photos = []; // {key, file, state, item, …}
  const shown = form.querySelectorAll("[type=checkbox][name=photoId]").length;
  let piece = PIECE.first;
  let isSending = false;
  let wake = () => {};

  const list = document.createElement("ul");
  list.className = "photo-uploads";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  input.after(list, status);
  const say = (text) => status.replaceChildren(text);

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // what she sees
  const show = (photo, state, text = words[state]) => {
    photo.state = state;
    photo.item.dataset.state = state;
    const percent = Math.floor((100 * photo.sent) / photo.file.size);
    photo.text.textContent = text.replace("{percent}", percent);
    photo.bar.value = state === "there" ? 1 : photo.sent / photo.file.size;
  };

  const add = (record) => {
    const photo = { ...record, sent: 0 };
    photo.number = shown + photos.push(photo);
    photo.item = document.createElement("li");
    photo.text = document.createElement("span");
    photo.bar = document.createElement("progress");
    const image = document.createElement("img");
    image.src = URL.createObjectURL(photo.file);
    image.alt = photo.bar.ariaLabel = words.photo.replace("{number}", photo.number);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = words.remove.replace("{number}", photo.number);
    button.addEventListener("click", () => remove(photo));
    const beside = document.createElement("div");
    beside.append(photo.text, photo.bar, button);
    photo.item.append(image, beside);
    list.append(photo.item);
    show(photo, "waiting");
  };

  const remove = (photo) => {
    // What is there already leaves the draft with the form, which then names it no more.
    if (photo.state !== "there") ask("DELETE", `/farm/uploads/${photo.key}`).catch(() => {});
    photo.item.querySelector("[name=photoId]")?.remove();
    photo.item.hidden = true;
    photo.state = "gone";
    photo.request?.abort();
    shelf.forget(photo);
    wake();
    input.focus();
  };

  // the line
  const ask = (method, path, headers, body, photo, onProgress) =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      if (photo) photo.request = request;
      request.open(method, path);
      request.timeout = PATIENCE_MS;
      const all = { "Tus-Resumable": "1.0.0", ...whose, ...headers };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      request.onload = () => done(request);
      request.onerror = request.ontimeout = request.onabort = () => fail(new Error("cut"));
      if (onProgress) request.upload.onprogress = onProgress;
      request.send(body);
    });

  /** A draft has the photo; of a form, the phone keeps it until the form has arrived. */
  const recordOf = ({ key, file, at }, photoId) => ({ key, draft, file, at, photoId });
  const keep = (photo, id) => (isDraft ? shelf.forget(photo) : shelf.put(recordOf(photo, id)));

  const over = async (photo, photoId) => {
    await keep(photo, photoId);
    const box = form.querySelector(`[name=photoId][value="${photoId}"]`);
    if (box) {
      photo.state = "gone"; // the page shows it among those that were there before
      photo.item.remove();
      box.addEventListener("change", () =>
        box.checked ? keep(photo, photoId) : shelf.forget(photo),
      );
      return true;
    }
    for (const name of ["photoId", "shownPhotoId"]) {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name, value: photoId });
      photo.item.append(hidden);
    }
    photo.item.record = recordOf(photo, photoId); // for no-line.js
    show(photo, "there");
    say(`${words.photo.replace("{number}", photo.number)}: ${words.there}`);
    return true;
  };

  // Sends what is still missing. True when there is nothing more to do, false to come again.
  const sendRest = async (photo) => {
    const { key, file } = photo;
    if (photo.photoId) return over(photo, photo.photoId);
    const metadata = `key ${btoa(key)}${isDraft ? `,draft ${btoa(draft)}` : ""}`;
    const begin = { "Upload-Length": file.size, "Upload-Metadata": metadata };
    let answer = await ask("POST", "/farm/uploads", begin, null, photo);
    while (photo.state !== "gone") {
      const photoId = answer.getResponseHeader("Photo-Id");
      if (photoId) return over(photo, photoId);
      // Not signed in, or another than whose photo it is: it waits for her.
      if ([401, 403].includes(answer.status)) return show(photo, "signedOut") || true;
      if ([413, 422].includes(answer.status)) {
        await shelf.forget(photo);
        show(photo, "refused", answer.responseText || words.refused);
        say(photo.text.textContent);
        return true;
      }
      const offset = answer.getResponseHeader("Upload-Offset");
      if (![201, 204, 409].includes(answer.status) || offset === null) return false;
      photo.sent = Number(offset);
      show(photo, "sending");
      const part = file.slice(photo.sent, photo.sent + piece);
      const headers = {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": offset,
      };
      const startedAt = Date.now();
      answer = await ask("PATCH", `/farm/uploads/${key}`, headers, part, photo, ({ loaded }) => {
        photo.sent = Math.min(Number(offset) + loaded, file.size);
        if (photo.state === "sending") show(photo, "sending");
      });
      if (answer.status === 204) photo.wait = 0;
      // A good line needs few pieces; a bad one loses little with a small piece.
      if (Date.now() - startedAt < 2000) piece = Math.min(piece * 2, PIECE.most);
    }
    return true;
  };

  const pause = (milliseconds) =>
    new Promise((done) => {
      wake = done;
      setTimeout(done, milliseconds);
    });

  const send = async (photo) => {
    while (photo.state !== "gone") {
      if (await sendRest(photo).catch(() => false)) return;
      piece = Math.max(piece / 2, PIECE.least);
      photo.wait = Math.min((photo.wait || 250) * 2, 30_000);
      if (photo.state !== "gone") show(photo, "stopped");
      await pause(photo.wait);
    }
  };

  const sendAll = async () => {
    if (isSending) return;
    isSending = true;
    const next = () => photos.find(({ state }) => state === "waiting");
    for (let photo = next(); photo; photo = next()) await send(photo);
    isSending = false;
  };
  window.addEventListener("online", () => wake());

  let choices = 0;
  let choosing = Promise.resolve();
  const inTurn = (work) => {
    choices += 1;
    choosing = choosing
      .then(work)
      .catch(() => say(""))
      .then(() => {
        choices -= 1;
      });
  };
  const room = () => {
    const kept = form.querySelectorAll("[name=photoId]:checked").length;
    return LIMIT - kept - photos.filter(({ state }) => !["gone", "refused"].includes(state)).length;
  };
  const bring = async (records) => {
    for (const record of records) {
      if (record.isAsShot) {
        const { file } = await window.shrinkPhoto(record.file); // one by one: a cheap phone has little memory
        Object.assign(record, { file, isAsShot: false });
        await shelf.put(record);
      }
      add(record);
      sendAll();
    }
  };
  const choose = async (files) => {
    say(words.busy);
    const records = files.slice(0, Math.max(0, room())).map((file, index) => ({
      ...{ key: newKey(), draft, file, at: Date.now() + index, isAsShot: true },
    }));
    // All as they were shot before the first is made small: a crash loses none.
    for (const record of records) await shelf.put(record);
    await bring(records);
    say(records.length < files.length ? words.limit : "");
  };
  for (const each of form.querySelectorAll("input[type=file][name=photo]")) {
    each.addEventListener("change", () => {
      const files = [...each.files];
      each.value = ""; // the form itself brings none
      inTurn(() => choose(files));
    });
  }

  // A tap on "next" is kept, and carried out when all photos are there.
  let isHeld = false;
  const isBusy = () =>
    choices > 0 || photos.some(({ state }) => /waiting|sending|stopped/.test(state));
  form.addEventListener("submit", async (event) => {
    if (!isBusy()) return;
    event.preventDefault();
    say(words.hold);
    if (isHeld) return;
    isHeld = true;
    while (isBusy()) await new Promise((done) => setTimeout(done, 200));
    isHeld = false;
    form.requestSubmit(event.submitter);
  });

  shelf.photosOf(draft).then((records) => inTurn(() => bring(records)));
})();
