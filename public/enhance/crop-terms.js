// Fills in what she asked for a crop the last time, unit and price, where she has said neither; when
// another crop is chosen, that one's, or nothing where there was none. What she typed herself stays.
// The page gives the terms, data-crop-terms: as JSON, by crop, and under "" what any other has.
// Without it, both are typed. Other scripts of ours call window.cropTerms.
(() => {
  const form = document.querySelector("form[data-crop-terms]");
  if (!form) return;
  const terms = JSON.parse(form.dataset.cropTerms);
  const chosen = () => form.elements.category?.value ?? "";
  const termsOf = (crop) => terms[crop] ?? terms[""];
  const says = (wanted) =>
    Object.entries(wanted).every(([name, text]) => form.elements[name].value === text);
  let crop = chosen();

  /** Puts the chosen crop's terms in place of none and of those of the crop before. */
  function follow(before) {
    if (!says(terms[""]) && !says(termsOf(before))) return;
    for (const [name, text] of Object.entries(termsOf(crop))) form.elements[name].value = text;
    form.dispatchEvent(new Event("change")); // the price of a jin
  }
  /** Of a form that nobody has filled in. */
  function start() {
    crop = chosen();
    follow("");
  }
  function hear({ target }) {
    const before = crop;
    crop = chosen();
    if (target?.name === "category" && crop !== before) follow(before);
  }
  form.addEventListener("input", hear);
  form.addEventListener("change", hear);
  start();
  window.cropTerms = { start };
})();
