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

  window.formValues = { read, fill };
})();
