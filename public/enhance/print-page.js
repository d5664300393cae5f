// Shows the print button where there is a script to work it.
for (const place of document.querySelectorAll("[data-print]")) {
  place.hidden = false;
  place.classList.remove("invisible");
  place.querySelector("button").addEventListener("click", () => window.print());
}
