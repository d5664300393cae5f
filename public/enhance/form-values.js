// What is typed and chosen in a form, read out and put back. Other scripts of ours call
// window.formValues; hidden fields are the page's own and photos no words, so both are left out.
(() => {
  /** A tick stands for itself: several boxes may have one name. */
  const tickOf = ({ name, value }) => `${name}=${value}`;
  const isOwn = ({ name, type }) =>
    name !== "" && !["hidden", "file", "submit", "button", "fieldset"].includes(type);

  function read(form) {
    const values = {};
    for (const control of [...form.elements].filter(isOwn)) {
      if (control.type === "checkbox") values[tickOf(control)] = control.checked;
      else if (control.type !== "radio" || control.checked) values[control.name] = control.value;
    }
    return values;
  }

  function fill(form, values) {
    for (const control of [...form.elements].filter(isOwn)) {
      const value = values[control.type === "checkbox" ? tickOf(control) : control.name];
      if (control.type === "radio") control.checked = control.value === value;
      else if (value === undefined) continue;
      else if (control.type === "checkbox") control.checked = value;
      else control.value = value;
    }
    for (const chosen of form.querySelectorAll("input[type=radio]:checked")) {
      const fold = chosen.closest("details");
      if (fold) fold.open = true;
    }
    form.dispatchEvent(new Event("change")); // the price of a jin
  }

  /** Not as the page gave it. */
  const isTouched = (control) => {
    if (/checkbox|radio/.test(control.type)) return control.checked !== control.defaultChecked;
    if (!control.options) return control.value !== control.defaultValue;
    const given = [...control.options].find((option) => option.defaultSelected);
    return control.value !== (given ?? control.options[0])?.value;
  };

  function touched(form) {
    const values = read(form);
    const names = [...form.elements].filter((control) => isOwn(control) && isTouched(control));
    const keys = names.map((each) => (each.type === "checkbox" ? tickOf(each) : each.name));
    return Object.fromEntries(keys.map((key) => [key, values[key]]));
  }

  // What she typed before the scripts were there: no event tells of it any more, and the next script
  // may fill fields in. After "back" or a reload it may be the browser's own putting back.
  const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const before = new Map(isNew ? [...document.forms].map((form) => [form, touched(form)]) : []);
  const typedBefore = (form) => before.get(form) ?? {};

  window.formValues = { read, fill, typedBefore };
})();
