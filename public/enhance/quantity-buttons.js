// Counts − and + beside the quantity in the page. Without it, the buttons send the form and the
// server counts, or they are not shown.
(() => {
  const by = { less: -1, more: 1, muchMore: 10 };
  for (const button of document.querySelectorAll("button[name=nudge]")) {
    const field = button.form?.elements.quantity;
    if (!field) continue;
    button.parentElement.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const now = Number.parseInt(field.value.normalize("NFKC"), 10) || 0;
      field.value = String(Math.min(100000, Math.max(1, now + by[button.value])));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();
