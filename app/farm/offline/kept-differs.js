// On the page for listing without a signal: an offer that was published before, and says something
// else there than in the phone. Both are shown side by side, and she chooses; also without a signal.
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
    list.textContent = "";
    list.append(...detail.differs.facts.map(row));
  });
  for (const button of section.querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      await keptOffers.choose(id, button.value);
      if (navigator.onLine) await keptOffers.send(id);
    });
  }
})();
