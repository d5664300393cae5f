// Sends a photo that the phone keeps in small pieces to /farm/uploads (tus 1.0.0), from a page or
// from the service worker, which has no XMLHttpRequest: photo-upload.js is not for it. The photo's
// key is always the same there, so a cut goes on where it stopped, also after a reload.
self.keptPhotos = (() => {
  const PIECE = { least: 16 * 1024, first: 32 * 1024, most: 512 * 1024 };
  const PATIENCE_MS = 60_000; // for one piece
  const MOST_CUTS = 5; // in a row; then it waits for a better line
  let piece = PIECE.first;

  /**
   * A UUID made of the photo's 32 hex digits and its length: made small in the phone, it is another
   * upload than as it was shot.
   */
  function keyOf({ key, blob }) {
    const hex = key.slice(0, 24) + blob.size.toString(16).padStart(8, "0");
    return `${hex.slice(0, 12)}4${hex.slice(13, 16)}8${hex.slice(17)}`.replace(
      /^(.{8})(.{4})(.{4})(.{4})/,
      "$1-$2-$3-$4-",
    );
  }

  async function ask(method, path, headers, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    const all = { "Tus-Resumable": "1.0.0", ...headers };
    try {
      return await fetch(path, { method, headers: all, body, signal: stop.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * What became of the photo, when an answer says it: nothing more is to be sent then. What may come
   * right by itself comes with the seconds after which to ask again; a piece of an upload that the
   * market has dropped (404) begins it anew.
   */
  function endOf(answer) {
    if (!answer || answer.status === 404) return null;
    const photoId = answer.headers.get("Photo-Id");
    if (photoId) return { photoId };
    const { status } = answer;
    if ([401, 403].includes(status)) return { status };
    if (answer.headers.get("Upload-Offset") !== null && status !== 422) return null;
    const refused = answer.headers.get("Photo-Refused");
    const wait = answer.headers.get("Retry-After");
    if (wait !== null || status >= 500) return { unable: refused ?? "busy", wait: Number(wait) };
    return { refused: refused ?? "invalid" };
  }

  /**
   * Sends what is still missing of a photo, as long as it `isWanted`. Gives its `photoId`, why it is
   * `refused`, why the market is `unable` to take it now, the `status` of whoever is not (rightly)
   * signed in, or null: to be tried again.
   */
  async function sendOne(photo, { household, isWanted, onSent }) {
    const { blob } = photo;
    const key = keyOf(photo);
    const whose = { "Farm-Household": household };
    const begin = {
      ...{ ...whose, "Upload-Length": String(blob.size) },
      "Upload-Metadata": `key ${btoa(key)}`,
    };
    let offset = null; // not known
    let cuts = 0;
    while (cuts < MOST_CUTS && (await isWanted())) {
      const startedAt = Date.now();
      const headers = { ...whose, "Content-Type": "application/offset+octet-stream" };
      const answer =
        offset === null
          ? await ask("POST", "/farm/uploads", begin)
          : await ask(
              ...["PATCH", `/farm/uploads/${key}`, { ...headers, "Upload-Offset": String(offset) }],
              blob.slice(offset, offset + piece),
            );
      const end = endOf(answer);
      if (end) return end;
      const isTaken = [201, 204, 409].includes(answer?.status);
      const now = isTaken ? answer.headers.get("Upload-Offset") : null;
      if (now === null) {
        offset = null;
        piece = Math.max(piece / 2, PIECE.least);
        await new Promise((done) => setTimeout(done, 500 * 2 ** cuts));
        cuts += 1;
      } else {
        // A good line needs few pieces; a bad one loses little with a small piece.
        const isFast = answer.status === 204 && Date.now() - startedAt < 2000;
        if (isFast) piece = Math.min(piece * 2, PIECE.most);
        if (answer.status === 204) cuts = 0;
        offset = Number(now);
        onSent(offset);
      }
    }
    return null;
  }

  /**
   * Sends an offer's photos that are not there yet, one by one; tells what part of all is, and
   * of each that has arrived its id. Gives all the `photoIds`, or the `answer` that ends it.
   */
  async function send(photos, { onSent, onArrived, ...how }) {
    const total = photos.reduce((sum, { blob }) => sum + blob.size, 0);
    const photoIds = [];
    let before = 0;
    for (const photo of photos) {
      const { key, blob } = photo;
      const tell = (offset) => onSent((before + offset) / total);
      const sent = photo.photoId ? photo : await sendOne(photo, { ...how, onSent: tell });
      if (sent?.refused) {
        const body = { state: "refused", errors: { photo: sent.refused }, photoKey: key };
        return { answer: { status: 422, body } };
      }
      if (sent?.unable) {
        return { answer: { body: { unable: sent.unable, photoKey: key }, wait: sent.wait } };
      }
      if (!sent?.photoId) return { answer: sent };
      if (!photo.photoId) await onArrived(key, sent.photoId);
      photoIds.push(sent.photoId);
      before += blob.size;
    }
    return { photoIds };
  }

  return { send };
})();
