// On the page for listing without a signal, at #draft=…: what the phone keeps of a draft that the line
// left half way becomes an offer that needs no signal: what the market has of it (draft-saved.js), its
// photos, and what was typed into its pages; with them goes of which saving she knows, for somebody
// may go on with it elsewhere. Photos that the market has stay there and belong to it.
// The draft's id is the offer's, so that both are one listing, however often either is published.
// It begins as a form that nobody has filled in (`startNew`), for its own crop: of the last crop's
// price and unit nothing is to come along.
self.takeDraft = async (household, startNew) => {
  const [, draft] = /^#draft=([0-9a-f-]{36})$/.exec(location.hash) ?? [];
  if (!draft) return null;
  const offer = { id: draft, household };
  const { offer: before } = await keptOffers.read(draft);
  // What is published takes nothing more.
  if (before && (before.state === "published" || before.household !== household)) return null;
  // The disk has what a browser that was killed had not written down itself (kept-words.js).
  const readKept = async (key) => {
    const here = JSON.parse(localStorage.getItem(key));
    const onDisk = await self.keptWords?.get(key);
    return (onDisk?.at ?? 0) > (here?.at ?? 0) ? onDisk : here;
  };
  const saved = await readKept(`draft:${household}:${draft}`);
  const typed = [];
  for (const step of ["crop", "amount"]) {
    typed.push(await readKept(`typed:${household}:/farm/listings/drafts/${draft}/${step}`));
  }
  const newest = Math.max(...[saved, ...typed].map((kept) => kept?.at ?? 0));
  // Photos that the draft had here: one that somebody takes out of it elsewhere is asked about.
  const left = await photoShelf.photosOf(draft);
  const arrived = left.flatMap(({ photoId }) => photoId ?? []);
  const had = [...new Set([...(saved?.had ?? saved?.photoIds ?? before?.had ?? []), ...arrived])];
  // She may have gone on with a signal since she was here.
  if (!before || (before.state === "draft" && newest > before.updatedAt)) {
    const said = [before?.values, saved?.fields, ...typed.map((kept) => kept?.values)];
    const there = saved?.photoIds ?? before?.there;
    const { category } = Object.assign({}, ...said);
    // Words that the market has not stand beside the saving of the draft that they were typed over.
    const known = [saved?.version, ...typed.map((kept) => kept?.made?.version)]
      .filter((version) => version !== undefined)
      .map(Number);
    const draftVersion = known.length > 0 ? Math.min(...known) : 0;
    await keptOffers.saveValues(
      { ...offer, draftVersion, had, ...(there && { there }) },
      Object.assign({}, cropTerms.blankFor(category, startNew), ...said),
    );
  }
  for (const record of left) {
    const { key, file: blob, at, photoId, isAsShot } = record;
    const photo = { position: at, blob, name: blob.name, photoId, isAsShot: isAsShot === true };
    // First it is in the one place, then no more in the other.
    await keptOffers.savePhoto(offer, { ...photo, key: key.replace(/-/g, "") });
    await photoShelf.forget(record);
  }
  return draft;
};
