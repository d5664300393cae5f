// Fills in what she asked for a crop the last time, unit and price, where she has said neither, and
// how good she said it was; when another crop is chosen, that one's, or nothing where there was none.
// What she typed herself stays.
// The page gives the terms, data-crop-terms: as JSON, by crop, and under "" what any other has.
// Without it, both are typed. Other scripts of ours call window.cropTerms.
(() => {
  const form = document.querySelector("form[data-crop-terms]");
  if (!form) return;
  const terms = JSON.parse(form.dataset.cropTerms);
  const chosen = () => form.elements.category?.value ?? "";
  const termsOf = (crop) => terms[crop] ?? terms[""];
  const groups = [["unit", "unitGrams", "price"], ["grade"]].map((group) =>
    group.filter((name) => name in terms[""]),
  );
  const says = (wanted, names) => names.every((name) => form.elements[name].value === wanted[name]);
  let crop = chosen();

  /** Puts the chosen crop's terms in place of none and of those of the crop before. */
  function follow(before) {
    for (const names of groups) {
      if (!says(terms[""], names) && !says(termsOf(before), names)) continue;
      for (const name of names) form.elements[name].value = termsOf(crop)[name];
      // From here the server need not follow: what is there now is of this crop.
      if (names.includes("grade") && form.elements.gradedAs) form.elements.gradedAs.value = crop;
    }
    form.dispatchEvent(new Event("change")); // the price of a jin
  }
  /** Of a form that nobody has filled in. */
  function start() {
    crop = chosen();
    follow("");
  }
  /** As if she had tapped it. */
  function choose(wanted) {
    const tiles = [...form.querySelectorAll("[name=category]")];
    const tile = tiles.find(({ value }) => value === wanted);
    if (!tile || wanted === crop) return;
    const before = crop;
    tile.checked = true;
    crop = wanted;
    follow(before);
  }
  /** The words of a form that nobody has filled in (`startNew`), for this crop. */
  function blankFor(wanted, startNew) {
    startNew();
    choose(wanted);
    return formValues.read(form);
  }
  function hear({ target }) {
    const before = crop;
    crop = chosen();
    if (target?.name === "category" && crop !== before) follow(before);
    if (target?.name === "grade" && form.elements.gradedAs) form.elements.gradedAs.value = crop;
  }
  form.addEventListener("input", hear);
  form.addEventListener("change", hear);
  // What comes back unsaved is as she left it, "not said" too.
  if (form.dataset.typedUnsaved === undefined) start();
  window.cropTerms = { start, blankFor };
})();
