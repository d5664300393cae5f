// On the page of her listings: what is kept in the phone and not on sale yet, or just so.
(() => {
  const section = document.querySelector("[data-kept-offers]");
  const { household } = document.documentElement.dataset;
  if (!section || !household || !self.indexedDB) return;
  const words = JSON.parse(section.dataset.keptOffers);
  const list = section.querySelector("ul");
  const template = section.querySelector("template");

  function textOf({ state, listingId, unable, twin, differs }) {
    if (state === "kept" && unable) return words.state.unable;
    if (state === "refused" && twin) return words.state.twin.replace("{title}", twin);
    if (state === "differs" && differs.of === "draft") return words.state.draftDiffers;
    if (state === "draft" && listingId) return words.state.behind;
    return words.state[state === "sign-in" ? "signIn" : state];
  }

  function card(offer) {
    const { id, state, values, called, listingId } = offer;
    const item = template.content.cloneNode(true);
    item.querySelector("h3").textContent = values.title || called || words.untitled;
    item.querySelector("p").textContent = textOf(offer);
    Object.assign(item.querySelector("li").dataset, { id, state });
    const link = item.querySelector("a");
    const isPublished = state === "published";
    const way = state === "differs" ? words.choose : words.open;
    link.textContent = isPublished ? words.see : way;
    link.href = isPublished ? `/farm/listings/${listingId}` : `/farm/offline#${id}`;
    item.querySelector("details").hidden = isPublished;
    item.querySelector("button").addEventListener("click", () => keptOffers.discard(id));
    return item;
  }

  async function show() {
    const offers = await keptOffers.list(household);
    list.textContent = "";
    list.append(...offers.map(card));
    section.hidden = offers.length === 0;
  }

  keptOffers.onChange((id, { sent }) => {
    const item = list.querySelector(`[data-id="${id}"][data-state="sending"]`);
    if (sent === undefined) show().catch(() => {});
    else if (item) keptOffers.drawSent(item, sent);
  });
  show().catch(() => {});
})();
