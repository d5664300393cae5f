// Sends the photos of <input type="file" data-photo-upload> one by one in small pieces, as soon as
// they are chosen (photo-shrink.js makes them small; /farm/uploads speaks tus 1.0.0). A cut goes on
// where it stopped; after a reload too, because the phone keeps each photo (photo-shelf.js) until
// the market has it: in the draft that data-photo-upload names, or, where it names the path of a
// form and whose it is, once the form has arrived (keep-typed.js). data-upload-for names the
// household for which a manager sends them. The form then sends the photos' ids. Without it, or where
// it cannot, the form sends the files as they were chosen. data-words: the page's words, as JSON.
// What the market answers is told beside the photo. photo-rows.js draws them and holds the form.
(() => {
  const LIMIT = 6;
  const PIECE = { least: 16 * 1024, first: 64 * 1024, most: 512 * 1024 };
  const PATIENCE_MS = 60_000; // for one piece
  const PAUSE_MS = { first: 5_000, most: 300_000 }; // after an answer that takes nothing
  const input = document.querySelector("input[type=file][data-photo-upload]");
  const [form, shelf] = [input?.form, window.photoShelf];
  if (!form || !window.shrinkPhoto || !shelf || !window.photoRows || !form.requestSubmit) return;
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
  let choices = 0;
  let wake = () => {};

  const { show, say, draw, keepSeen } = window.photoRows(form, input, photos, {
    ...{ words, isDraft },
    isChoosing: () => choices > 0,
  });

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const add = (record) => {
    const photo = { ...record, sent: 0 };
    photo.number = shown + photos.push(photo);
    draw(photo, { onAgain: () => sendAgain(photo), onRemove: () => remove(photo) });
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
    if (isDraft) keepSeen(photo, photoId);
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

  /**
   * An answer that takes nothing stands beside the photo in the market's own words. What can come
   * right by itself is tried again, after ever longer pauses; anything else waits for her.
   */
  const tell = (photo, answer) => {
    const isOurs = answer.getResponseHeader("Photo-Refused") !== null;
    const said = isOurs ? answer.responseText.trim() : words.unable;
    const wait = answer.getResponseHeader("Retry-After");
    if (wait === null && answer.status < 500) show(photo, "ended", said);
    else {
      const longer = photo.pause ? 2 * photo.pause : PAUSE_MS.first;
      photo.pause = Math.min(Math.max(longer, 1000 * wait || 0), PAUSE_MS.most);
      show(photo, "later", `${said} ${words.later}`);
      setTimeout(() => photo.state === "later" && sendAgain(photo), photo.pause);
    }
    say(photo.text.textContent);
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
      if (answer.status === 404) return show(photo, "waiting") || false; // dropped: begun anew
      if (![201, 204, 409].includes(answer.status) || offset === null) return tell(photo, answer);
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
      if (answer.status === 204) Object.assign(photo, { wait: 0, pause: 0, isTold: false });
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
    photo.isDue = false;
    while (photo.state !== "gone") {
      const isOver = await sendRest(photo).catch(() => null);
      if (isOver) return;
      piece = Math.max(piece / 2, PIECE.least);
      photo.wait = Math.min((photo.wait || 250) * 2, 30_000);
      if (isOver === null && photo.state !== "gone") show(photo, "stopped");
      await pause(photo.wait);
    }
  };

  const sendAll = async () => {
    if (isSending) return;
    isSending = true;
    const next = () => photos.find(({ state, isDue }) => isDue || state === "waiting");
    for (let photo = next(); photo; photo = next()) await send(photo);
    isSending = false;
  };
  const sendAgain = (photo) => {
    photo.isDue = photo.state !== "gone";
    sendAll();
  };
  window.addEventListener("online", () => wake());

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
  const choose = async (files, empty) => {
    say(words.busy);
    const records = files.slice(0, Math.max(0, room())).map((file, index) => ({
      ...{ key: newKey(), draft, file, at: Date.now() + index, isAsShot: true },
    }));
    // All as they were shot before the first is made small: a crash loses none.
    for (const record of records) await shelf.put(record);
    empty();
    await bring(records);
    say(records.length < files.length ? words.limit : "");
  };
  const take = (field) => {
    const [files, chosen] = [field.files, [...field.files]];
    // The form itself brings none, once the phone has kept them.
    const empty = () => {
      if (field.files === files) field.value = "";
    };
    inTurn(() => choose(chosen, empty));
  };

  // After "back" the page still shows what the phone forgot when the form had arrived.
  const keepShown = () => {
    for (const { state, item } of photos) if (state === "there") shelf.put(item.record);
  };
  if (!isDraft) form.addEventListener("submit", keepShown);

  shelf.photosOf(draft).then((records) => inTurn(() => bring(records)));
  for (const each of form.querySelectorAll("input[type=file][name=photo]")) {
    each.addEventListener("change", () => take(each));
    // On a slow line she may have chosen before this script was there.
    if (each.files.length > 0) take(each);
  }
})();
