// On the page for listing without a signal: says what has become of the offer, why the market is
// unable to take it now, and beside each field what is wrong with it.
self.wordsOfState = (words, photos, offer) => {
  const { state, errors, hasNoAccount, isOver, twin, listingId, unable, differs } = offer;
  if (state === "kept" && unable) return self.wordsOfUnable(words, photos, unable);
  if (state === "sign-in") return words.state.signIn;
  if (state === "differs" && differs.of === "draft") return words.state.draftDiffers;
  if (state === "refused" && hasNoAccount) return words.noAccount;
  if (state === "refused" && isOver) return words.over;
  if (state === "refused" && twin) return words.state.twin.replace("{title}", twin);
  if (state === "draft" && Object.keys(errors).length > 0) return words.state.refused;
  if (state === "draft" && listingId) return words.state.behind;
  return words.state[state];
};
self.wordsOfUnable = (words, photos, { reason, photoKey }) => {
  const said = words.errors[reason];
  const number = photos.findIndex((photo) => photo.key === photoKey) + 1;
  if (!said || number === 0) return words.state.unable;
  const ofPhoto = words.photoSaid.replace("{number}", number).replace("{said}", said);
  return `${ofPhoto} ${words.state.unable} ${words.withoutPhoto}`;
};
self.sayErrors = (form, words, photos, { errors = {}, photoKey }) => {
  /** What is wrong with a field; of photos, with which of them. */
  function wordsOf(name, key) {
    const said = words.errors[key] ?? words.errors.invalid;
    const number = photos.findIndex((photo) => photo.key === photoKey) + 1;
    if (name !== "photo" || number === 0) return said;
    return words.photoSaid.replace("{number}", number).replace("{said}", said);
  }

  for (const old of form.querySelectorAll("[data-said]")) old.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  for (const [name, key] of Object.entries(errors)) {
    const control = document.getElementById(`field-${name}`);
    if (!control) continue;
    const fold = control.closest("details");
    if (fold) fold.open = true;
    const message = document.createElement("p");
    message.className = "error";
    message.id = `field-${name}-said`;
    message.dataset.said = "";
    message.textContent = wordsOf(name, key);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", message.id);
    const place = control.closest("span") ?? control;
    if (name === "category") control.prepend(message);
    else place.after(message);
  }
};
