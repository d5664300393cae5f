// The listing form that works without a signal. Everything typed and shot is kept in the phone at
// once; "publish" sends it now or when there is a signal. Without it, the form is an ordinary one.
(() => {
  const MOST_PHOTOS = 6;
  const TONES = { refused: "red", "sign-in": "persimmon", differs: "persimmon" };
  const form = document.querySelector("form[data-words]");
  const { household } = document.documentElement.dataset;
  if (!form || !household || !self.indexedDB) return;
  const words = JSON.parse(form.dataset.words);
  const status = document.querySelector("[data-offer-state]");
  const previews = document.createElement("ul");
  previews.className = "photo-previews";
  const photoInput = document.getElementById("field-photo");
  const said = status.querySelector("p");
  const say = (text) => ([said.textContent, status.hidden] = [text, text === ""]);

  let offer;
  let photos = [];
  /** Of a draft that the line left half way: the photos that the market has, and the phone has not. */
  let there = [];
  let isDirty = false;
  /** What is done to the offer in the phone, one after the other. */
  const inTurns = () => {
    let last = Promise.resolve();
    return (work) => {
      last = last.then(work).catch(() => say(words.full));
      return last;
    };
  };
  // Making a photo small takes seconds: what is typed meanwhile is kept before that.
  const photosInTurn = inTurns();
  const wordsInTurn = inTurns();

  function showPhotos() {
    for (const image of previews.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    previews.textContent = "";
    previews.append(
      ...photos.map((photo, index) => {
        const item = document.createElement("li");
        const image = document.createElement("img");
        const button = document.createElement("button");
        const textContent = words.removePhoto.replace("%", index + 1);
        image.src = URL.createObjectURL(photo.blob);
        Object.assign(image, { alt: `${words.photo} ${index + 1}`, className: "kept-photo" });
        Object.assign(button, { type: "button", className: "btn btn-quiet", textContent });
        button.addEventListener("click", () => removePhoto(photo.key));
        item.append(image, button);
        return item;
      }),
    );
  }

  const thereNote = document.querySelector("[data-photos-there]");
  function showThere() {
    const { photosThere } = thereNote.dataset;
    thereNote.hidden = there.length === 0;
    thereNote.querySelector("p").textContent = photosThere.replace("{count}", there.length);
  }
  thereNote.querySelector("button").addEventListener("click", () => {
    there = [];
    showThere();
    wordsInTurn(() => keptOffers.saveValues({ ...named(), there }, formValues.read(form)));
  });

  function removePhoto(key) {
    photos = photos.filter((photo) => photo.key !== key);
    showPhotos();
    photosInTurn(() => keptOffers.removePhoto(offer, key));
  }

  async function addPhotos(input, chosen = [...input.files]) {
    const { files } = input;
    const room = Math.max(0, MOST_PHOTOS - photos.length - there.length);
    const added = chosen.slice(0, room).map((file, index) => {
      const position = (photos[photos.length - 1]?.position ?? 0) + 1 + index;
      return { key: keptStore.newId(), position, blob: file, name: file.name, isAsShot: true };
    });
    photos = [...photos, ...added];
    showPhotos();
    remember();
    input.dataset.taken = ""; // photo-choice.js counts each once
    await photosInTurn(async () => {
      // All as they were shot before the first is made small: a crash loses none.
      for (const photo of added) {
        if (isWanted(photo)) await keptOffers.savePhoto(offer, photo).catch(() => {}); // small, it may find room
      }
      // Not before: a script that fails must not take with it what she has shot.
      if (input.files === files) input.value = "";
      if (input.value === "") delete input.dataset.taken;
      let noRoom;
      for (const photo of added) await makeSmall(photo).catch((error) => (noRoom = error));
      if (!noRoom) return;
      photos = (await keptOffers.read(offer.id)).photos;
      showPhotos(); // what she sees is what is kept
      throw noRoom;
    });
    if (chosen.length > room) say(words.limit);
  }

  const isWanted = (photo) => photos.some(({ key }) => key === photo.key);

  /** Keeps a photo small in place of how it was shot; one by one: a cheap phone has little memory. */
  async function makeSmall(photo) {
    if (!isWanted(photo)) return;
    const shrunk = await self.shrinkPhoto?.(photo.blob);
    const blob = shrunk?.file ?? photo.blob;
    const small = { ...photo, blob, name: blob.name, isAsShot: false };
    await keptOffers.savePhoto(offer, small);
    if (isWanted(photo)) {
      photos = photos.map((one) => (one.key === photo.key ? small : one));
      showPhotos();
    } else await keptOffers.removePhoto(offer, photo.key);
  }

  const remember = () => history.replaceState(null, "", `/farm/offline#${offer.id}`);

  /** With what it is called where she gives it no name: its crop's. */
  const crop = () => form.querySelector("[name=category]:checked + span")?.textContent;
  const named = () => ({ ...offer, called: crop() });

  /** Keeps what was typed; keystrokes that come while it is written go into the next writing. */
  function save() {
    remember();
    if (isDirty) return;
    isDirty = true;
    wordsInTurn(() => {
      isDirty = false;
      return keptOffers.saveValues(named(), formValues.read(form));
    });
  }

  function show(now) {
    const { state, errors, listingId } = now;
    say(self.wordsOfState(words, photos, now));
    status.dataset.offerState = state;
    status.className = `notice tone-${TONES[state] ?? "leaf"}`;
    const isPublished = state === "published";
    form.hidden = isPublished || state === "differs";
    for (const link of status.querySelectorAll("[data-for]"))
      link.hidden = link.dataset.for !== state;
    if (isPublished) status.querySelector("[data-see]").href = `/farm/listings/${listingId}`;
    self.sayErrors(form, words, photos, now);
    keptOffers.drawSent(status);
    dispatchEvent(new CustomEvent("offer-shown", { detail: now }));
    if (state === "refused") document.getElementById(`field-${Object.keys(errors)[0]}`)?.focus();
  }

  async function restore(id) {
    const read = await keptOffers.read(id);
    if (!read.offer || read.offer.household !== household) return false;
    offer = { id, household };
    photos = read.photos;
    const ids = photos.map(({ photoId }) => photoId);
    there = (read.offer.there ?? []).filter((photoId) => !ids.includes(photoId));
    formValues.fill(form, read.offer.values);
    show(read.offer);
    showPhotos();
    showThere();
    const asShot = photos.filter(({ isAsShot }) => isAsShot);
    for (const photo of asShot) photosInTurn(() => makeSmall(photo));
    return true;
  }

  function startNew() {
    offer = { id: keptStore.newId(), household };
    [photos, there] = [[], []];
    form.reset();
    self.cropTerms?.start();
    // The page may have been kept for days.
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
    form.elements.harvestedOn.value = today;
    showPhotos();
  }

  async function publish() {
    navigator.storage?.persist?.().catch(() => {}); // a phone without room drops other things first
    let isReady = false;
    await photosInTurn(() =>
      wordsInTurn(async () => {
        const values = formValues.read(form);
        const errors = keptCheck(values, photos.length + there.length, words.bounds);
        await keptOffers.saveValues(named(), values);
        isReady = Object.keys(errors).length === 0;
        await (isReady ? keptOffers.keep(offer.id) : keptOffers.refuse(offer.id, errors));
      }),
    );
    if (!isReady) return;
    const registration = await navigator.serviceWorker?.getRegistration("/farm");
    await registration?.sync?.register("send-offers").catch(() => {});
    if (navigator.onLine) await keptOffers.send(offer.id);
  }

  /** The language is asked for by a form of its own, which leads back to this very offer. */
  function keepForLanguage() {
    document.querySelector('[name=locale][form="offer"]').setAttribute("form", "offer-language");
    document.getElementById("offer-language").addEventListener("submit", ({ target }) => {
      target.setAttribute("action", `/language#${offer.id}`);
    });
  }

  /** What she typed and shot before this script was there belongs to what is open now. */
  function takeEarly(typed, shot) {
    formValues.fill(form, { ...formValues.read(form), ...typed });
    if (Object.keys(typed).length > 0) save();
    for (const [input, files] of shot) if (files.length > 0) addPhotos(input, files);
  }

  async function start() {
    const typed = formValues.typedBefore(form);
    const shot = [...form.querySelectorAll("[type=file]")].map((each) => [each, [...each.files]]);
    startNew();
    keepForLanguage();
    const taken = await self.takeDraft?.(household, startNew).catch(() => null);
    const named = taken ?? location.hash.slice(1);
    const list = named === "new" ? [] : await keptOffers.list(household);
    const { id: unfinished } = list.find(({ state }) => state === "draft") ?? {};
    if (!(await restore(named)) && unfinished) await restore(unfinished);
    photoInput.after(previews);
    document.querySelector("[data-with-script]").hidden = false;
    form.addEventListener("input", ({ target }) => {
      if (target.type !== "file") save();
    });
    form.addEventListener("change", ({ target }) => {
      if (target.type === "file") addPhotos(target);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      publish().catch(() => {});
      status.scrollIntoView({ block: "center" });
    });
    takeEarly(typed, shot);
    addEventListener("hashchange", () => location.reload());
    keptOffers.onChange(async (id, { isElsewhere, sent }) => {
      if (id !== offer.id) return;
      if (sent !== undefined) return keptOffers.drawSent(status, sent);
      const { offer: now } = await keptOffers.read(id);
      if (!now) return;
      // Another tab has the newer words, unless they are being typed here.
      if (isElsewhere && !document.hasFocus() && now.state === "draft") await restore(id);
      else show(now);
    });
  }

  // What is typed before the phone has answered would be typed over; no field takes it while unseen.
  form.style.visibility = "hidden";
  const letIn = () => {
    form.style.visibility = "";
  };
  start().then(letIn, letIn); // without room in the phone it is the ordinary form
})();
