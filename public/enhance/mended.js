// Takes away what is said of a field once it is filled in anew: beside it, and in the list above the
// form. Whether it is right now is for the market to say. Without it the words stay until the form is
// sent again.
document.addEventListener(
  "change",
  ({ target: { name, value } }) => {
    const field = name && document.getElementById(`field-${name}`);
    if (!value || !field?.matches("[aria-invalid]")) return;
    field.removeAttribute("aria-invalid");
    for (const id of (field.getAttribute("aria-describedby") || "").split(" ")) {
      if (id.endsWith("error")) document.getElementById(id)?.remove();
    }
    const item = document.querySelector(`.notice a[href="#field-${name}"]`)?.closest("li");
    const list = item?.parentNode;
    item?.remove();
    if (list?.children.length === 0) list.closest(".notice").remove();
  },
  // Before any other script empties the field.
  true,
);
