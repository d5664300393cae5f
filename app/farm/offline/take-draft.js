// On the page for listing without a signal, at #draft=…: what the phone keeps of a draft that the line
// left half way becomes an offer that needs no signal: what the market has of it (draft-saved.js), its
// photos, and what was typed into its pages. Photos that the market has stay there and belong to it.
// The draft's id is the offer's, so that both are one listing, however often either is published.
self.takeDraft = async (household, values) => {
  const [, draft] = /^#draft=([0-9a-f-]{36})$/.exec(location.hash) ?? [];
  if (!draft) return null;
  const offer = { id: draft, household };
  const { offer: before } = await keptOffers.read(draft);
  // What is published takes nothing more.
  if (before && (before.state === "published" || before.household !== household)) return null;
  const readKept = (key) => JSON.parse(localStorage.getItem(key));
  const saved = readKept(`draft:${household}:${draft}`);
  const typed = ["crop", "amount"].map((step) =>
    readKept(`typed:${household}:/farm/listings/drafts/${draft}/${step}`),
  );
  const newest = Math.max(...[saved, ...typed].map((kept) => kept?.at ?? 0));
  // She may have gone on with a signal since she was here.
  if (!before || (before.state === "draft" && newest > before.updatedAt)) {
    const said = [before?.values, saved?.fields, ...typed.map((kept) => kept?.values)];
    const there = saved?.photoIds ?? before?.there;
    await keptOffers.saveValues(
      { ...offer, ...(there && { there }) },
      Object.assign({}, values, ...said),
    );
  }
  for (const record of await photoShelf.photosOf(draft)) {
    const { key, file: blob, at, photoId, isAsShot } = record;
    const photo = { position: at, blob, name: blob.name, photoId, isAsShot: isAsShot === true };
    // First it is in the one place, then no more in the other.
    await keptOffers.savePhoto(offer, { ...photo, key: key.replace(/-/g, "") });
    await photoShelf.forget(record);
  }
  return draft;
};
