// Sends the ticks as soon as one is tapped; without it there is the form's button.
for (const form of document.querySelectorAll("form[data-tick-lines]")) {
  form.addEventListener("change", () => form.submit());
}
