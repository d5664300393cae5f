// Draws each photo field as the one button that its label is, in place of the browser's own "no file
// chosen", which stands there even where photos were chosen and kept; and says how many there are.
// The field itself stays on top of it, unseen: finger, keyboard and screen reader use it as before.
// Without it, the field is the browser's. data-photo-choice: what is said of the number, with
// {count}; data-as-button: what the label says then, where one button is enough for several fields.
(() => {
  const form = document.querySelector("[data-photo-choice]")?.closest("form");
  if (!form) return;
  const count = document.createElement("p");
  count.className = "font-bold text-leaf-dark";
  count.id = "photo-count";

  let hasButton = false;
  for (const choice of form.querySelectorAll("[data-photo-choice]")) {
    const { photoChoice: words, asButton } = choice.dataset;
    const [label, input] = [choice.querySelector("label"), choice.querySelector("input")];
    choice.dataset.drawn = "";
    if (asButton) {
      label.textContent = asButton;
      choice.hidden = hasButton;
      hasButton = true;
      continue;
    }
    count.dataset.words = words;
    input.after(count);
    input.setAttribute("aria-describedby", `photo-count ${input.getAttribute("aria-describedby")}`);
  }

  /** Kept in the draft, on their way, in the phone, or in the fields themselves. */
  const chosen = () => {
    const ticked = form.querySelectorAll("[type=checkbox][name=photoId]:checked").length;
    const listed = form.querySelectorAll(
      ".photo-uploads li:not([hidden]):not([data-state=refused]), .photo-previews li",
    ).length;
    const inFields = [...form.querySelectorAll("input[type=file]:not([data-taken])")].map(
      ({ files }) => files.length,
    );
    return inFields.reduce((sum, files) => sum + files, ticked + listed);
  };
  const show = () => {
    const now = chosen();
    const text = now > 0 ? count.dataset.words.replace("{count}", now) : "";
    if (count.textContent !== text) count.textContent = text;
  };
  // The other scripts' own answers to a choice come first.
  form.addEventListener("change", () => setTimeout(show));
  new MutationObserver(show).observe(form, {
    ...{ childList: true, subtree: true, attributes: true },
    attributeFilter: ["hidden", "data-state"],
  });
  show();
})();
