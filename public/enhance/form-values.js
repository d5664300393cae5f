// What is typed and chosen in a form, read out and put back. Other scripts of ours call
// window.formValues; hidden fields are the page's own and photos no words, so both are left out.
window.formValues = {
  read: (form) =>
    Object.fromEntries(
      [...new FormData(form)].filter(
        ([name, value]) => typeof value === "string" && form.elements[name]?.type !== "hidden",
      ),
    ),

  fill(form, values) {
    for (const control of form.elements) {
      const value = values[control.name];
      if (["radio", "checkbox"].includes(control.type)) control.checked = control.value === value;
      else if (value !== undefined) control.value = value;
    }
    for (const chosen of form.querySelectorAll("input:checked")) {
      const fold = chosen.closest("details");
      if (fold) fold.open = true;
    }
    form.dispatchEvent(new Event("change")); // the price of a jin
  },
};
