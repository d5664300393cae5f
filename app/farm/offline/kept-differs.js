// On the page for listing without a signal: an offer that was published before, or was begun as a draft,
// and says something else there than in the phone. Both are shown side by side, and she chooses; also
// without a signal.
(() => {
  const section = document.querySelector("[data-differs]");
  if (!section || !self.keptOffers) return;
  const list = section.querySelector("ul");
  const template = section.querySelector("template");
  let id;

  function row({ label, published, offered }) {
    const item = template.content.cloneNode(true);
    item.querySelector("h3").textContent = label;
    item.querySelector("[data-published]").textContent = published;
    item.querySelector("[data-offered]").textContent = offered;
    return item;
  }

  addEventListener("offer-shown", ({ detail }) => {
    id = detail.id;
    section.hidden = detail.state !== "differs";
    if (section.hidden) return;
    const { facts, of = "listing" } = detail.differs;
    list.textContent = "";
    list.append(...facts.map(row));
    for (const words of section.querySelectorAll("[data-of]"))
      words.hidden = words.dataset.of !== of;
  });

  /** What she typed into the draft's pages here goes too: else they would show it again (keep-typed.js). */
  function forgetTyped({ household }) {
    for (const step of ["crop", "amount"]) {
      const key = `typed:${household}:/farm/listings/drafts/${id}/${step}`;
      localStorage.removeItem(key);
      self.keptWords?.forget(key);
    }
  }

  for (const button of section.querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      const chosen = await keptOffers.choose(id, button.value);
      if (chosen?.differs.of === "draft" && button.value === "published") {
        forgetTyped(chosen);
        location.assign(`/farm/listings/drafts/${id}/check`);
      } else if (navigator.onLine) await keptOffers.send(id);
    });
  }
})();
