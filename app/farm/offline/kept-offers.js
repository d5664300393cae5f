// What a farmer lists without a signal is kept in the phone until it is sent. Shared by the farm's pages and the service worker; whoever finds a
// signal first sends it, and the key made in the phone makes it one listing however often it is sent.
//
// An offer is "draft" (being filled in), "kept" (to be sent), "sending", "sign-in" (to be sent once
// she has signed in), "refused" (to be mended), "published", or "differs": it was published before
// and says something else there, or so does the draft it was made of, and she has not chosen yet.
self.keptOffers = (() => {
  const WAITING = ["kept", "sending", "sign-in"];
  const PUBLISHED_FOR = 24 * 60 * 60 * 1000;
  const listeners = new Set();
  const channel = self.BroadcastChannel ? new BroadcastChannel("kept-offers") : null;
  const tell = (id, isElsewhere, sent) => {
    for (const listener of listeners) listener(id, { isElsewhere, sent });
  };
  if (channel) channel.onmessage = ({ data }) => tell(data.id ?? data, true, data.sent);
  /** Tells every page that an offer is another, or what part of its photos is there by now. */
  const tellAll = (id, sent) => {
    tell(id, false, sent);
    channel?.postMessage({ id, sent });
  };

  const { result, inOne } = keptStore;
  const photosOf = (photos, id) => result(photos.index("offerId").getAll(id));

  async function dropPhotos(photos, id) {
    for (const key of await result(photos.index("offerId").getAllKeys(id))) photos.delete(key);
  }

  /** What `how` makes of an offer (undefined when there is none yet); null from it changes nothing. */
  async function change(id, how) {
    const changed = await inOne("readwrite", async (offers, photos) => {
      const next = how(await result(offers.get(id)));
      if (!next) return null;
      offers.put(next);
      if (next.state === "published") await dropPhotos(photos, id);
      return next;
    });
    if (changed) tellAll(id);
    return changed;
  }

  /** An offer with something of it changed: half a price must not be sent, so she publishes anew. */
  const edited = (before, { id, household, ...parts }) =>
    before?.state === "published"
      ? null
      : {
          ...{ values: {}, errors: {}, sentRevision: null, ...before, id, household },
          ...{ revision: (before?.revision ?? 0) + 1, state: "draft" },
          ...{ hasNoAccount: false, isOver: false, twin: undefined },
          ...{ updatedAt: Date.now(), ...parts },
        };

  /** What was wrong with a field is said no more once she has changed it. */
  const mended = (next, isMended) => {
    const left = Object.entries(next?.errors ?? {}).filter(([name]) => !isMended(name));
    return next && { ...next, errors: Object.fromEntries(left) };
  };
  const withPhotos = (before, offer) => mended(edited(before, offer), (name) => name === "photo");

  const saveValues = (offer, values) =>
    change(offer.id, (before) =>
      mended(
        edited(before, { ...offer, values }),
        (name) => values[name] !== before?.values?.[name],
      ),
    );

  async function savePhoto(offer, photo) {
    await inOne("readwrite", async (_, photos) => photos.put({ ...photo, offerId: offer.id }));
    return change(offer.id, (before) => withPhotos(before, offer));
  }

  async function removePhoto(offer, key) {
    await inOne("readwrite", async (_, photos) => photos.delete(key));
    return change(offer.id, (before) => withPhotos(before, offer));
  }

  /** Notes what became of a photo, unless she has taken it away meanwhile. */
  const notePhoto = (key, parts) =>
    inOne("readwrite", async (_, photos) => {
      const kept = await result(photos.get(key));
      if (kept) photos.put({ ...kept, ...parts });
    });

  const read = (id) =>
    inOne("readonly", async (offers, photos) => {
      const found = await photosOf(photos, id);
      return {
        offer: await result(offers.get(id)),
        photos: found.sort((one, other) => one.position - other.position),
      };
    });

  /** Lets an offer go; with `isSo`, only if it is so still. */
  async function discard(id, isSo) {
    const isGone = await inOne("readwrite", async (offers, photos) => {
      if (isSo && !isSo(await result(offers.get(id)))) return false;
      offers.delete(id);
      await dropPhotos(photos, id);
      return true;
    });
    if (isGone) tellAll(id);
    return isGone;
  }

  /** The household's offers, newest first; what was published a day ago needs no more telling. */
  async function list(household) {
    const all = await inOne("readonly", (offers) => result(offers.getAll()));
    const isOver = (offer) =>
      offer.state === "published" && offer.updatedAt < Date.now() - PUBLISHED_FOR;
    for (const { id } of all.filter(isOver)) await discard(id);
    return all
      .filter((offer) => (!household || offer.household === household) && !isOver(offer))
      .sort((one, other) => other.updatedAt - one.updatedAt);
  }

  const keep = (id) =>
    change(id, (offer) =>
      offer && offer.state !== "published"
        ? { ...offer, state: "kept", errors: {}, unable: undefined, pause: undefined, askAt: 0 }
        : null,
    );

  /** It is not to be sent as it is: what is wrong with it was seen in the phone already. */
  const refuse = (id, errors) =>
    change(id, (offer) =>
      offer && offer.state !== "published"
        ? { ...offer, state: "refused", errors, photoKey: undefined }
        : null,
    );

  /**
   * She chooses, where the two differ: "published" drops what the phone holds, "offered" sends it
   * as an edit of what she was shown. Of a draft that says something else, "published" is what the
   * draft says: the offer goes, for nothing is on sale. Null when she has chosen elsewhere.
   */
  async function choose(id, side) {
    const { offer } = await read(id);
    if (offer?.state !== "differs") return null;
    const { version, of } = offer.differs;
    const isDraft = of === "draft";
    const isSame = (now) => now?.state === "differs" && now.differs.version === version;
    if (isDraft && side === "published") return (await discard(id, isSame)) ? offer : null;
    const sent = isDraft ? { draftVersion: version } : { version };
    const chosen =
      side === "offered"
        ? { state: "kept", ...sent }
        : { state: "published", updatedAt: Date.now() };
    return change(id, (now) => (isSame(now) ? { ...now, ...chosen } : null));
  }

  async function post(offer, photoIds) {
    const body = new FormData();
    for (const [name, value] of Object.entries(offer.values)) body.set(name, value);
    body.set("clientKey", offer.id);
    if (offer.version) body.set("version", offer.version);
    // Of a draft that was taken along: the saving of it that she knows, and the photos it had.
    if (offer.draftVersion) body.set("draftVersion", offer.draftVersion);
    for (const photoId of offer.had ?? []) body.append("draftPhotoId", photoId);
    // Those of a draft that the market has already come first; none of them twice.
    for (const photoId of new Set([...(offer.there ?? []), ...photoIds])) {
      body.append("photoId", photoId);
    }
    const headers = { "Farm-Household": offer.household };
    try {
      const response = await fetch("/farm/offers", { method: "POST", body, headers });
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch {
      return null;
    }
  }

  const locked = (name, work) =>
    navigator.locks
      ? navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && work())
      : work();

  async function sendTaken(id) {
    const taken = await change(id, (offer) =>
      offer && WAITING.includes(offer.state) ? { ...offer, state: "sending" } : null,
    );
    if (!taken) return;
    const isAsTaken = (offer) => offer?.state === "sending" && offer.revision === taken.revision;
    const { photos } = await read(id);
    let { photoIds, answer } = await keptPhotos.send(photos, {
      household: taken.household,
      isWanted: async () => isAsTaken((await read(id)).offer),
      onSent: (part) => tellAll(id, part),
      onArrived: (key, photoId) => notePhoto(key, { photoId }),
    });
    // From here on it may have arrived, whatever is answered.
    const isOut =
      photoIds &&
      (await change(id, (offer) =>
        isAsTaken(offer) ? { ...offer, sentRevision: offer.sentRevision ?? offer.revision } : null,
      ));
    if (isOut) answer = await post(taken, photoIds);
    const after = await change(id, (offer) => offer && keptAnswer(offer, taken.revision, answer));
    // She changed it while it was on its way, and has published anew.
    if (after?.state === "kept" && after.revision !== taken.revision) await sendTaken(id);
  }

  /** Sends one offer, unless another tab is at it. */
  const send = (id) => locked(`kept-offer-${id}`, () => sendTaken(id));

  /** Sends what waits, one after the other; true when something is left for want of a signal. */
  async function sendAll(household) {
    for (const { id, state, askAt = 0 } of await list(household)) {
      if (WAITING.includes(state) && askAt <= Date.now()) await send(id);
    }
    return (await list(household)).some(({ state }) => state === "kept" || state === "sending");
  }

  /** Says on a page what part of an offer's photos is there; nothing when none is on its way. */
  function drawSent(place, sent) {
    const part = place.querySelector("[data-sent]");
    part.hidden = sent === undefined;
    if (part.hidden) return;
    part.querySelector("progress").value = sent;
    const percent = Math.floor(100 * sent);
    part.querySelector("span").textContent = part.dataset.sent.replace("{percent}", percent);
  }

  const onChange = (listener) => listeners.add(listener);
  return {
    saveValues,
    savePhoto,
    removePhoto,
    read,
    list,
    keep,
    refuse,
    choose,
    discard,
    send,
    sendAll,
    drawSent,
    onChange,
  };
})();
