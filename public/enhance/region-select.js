// Asks for the next list of a region as soon as one is chosen, and puts in the new lists and the
// new sums without leaving the page. Anything that goes wrong falls back to sending the form. An
// address that is chosen from those kept is asked for by the form's own button.

(() => {
  const parts = '[data-enhance="region"], [data-enhance="saved-addresses"]';
  const form = document.querySelector(parts)?.closest("form");
  if (!form) return;
  let latest = 0;

  // The answer to a change of region judges nothing yet: what the last one said is over.
  function forgetErrors() {
    document.querySelector('[role="alert"] a[href^="#field-"]')?.closest('[role="alert"]').remove();
    for (const error of form.querySelectorAll(".error")) {
      const field = form.querySelector(`[aria-describedby~="${error.id}"]`);
      const others = field?.getAttribute("aria-describedby").split(" ").slice(0, -1).join(" ");
      field?.removeAttribute("aria-invalid");
      if (others) field?.setAttribute("aria-describedby", others);
      else field?.removeAttribute("aria-describedby");
      error.remove();
    }
  }

  /** What she typed while the answer was on its way is newer than the answer. */
  function keepTyped(here, fresh, sent) {
    for (const { name, value } of here.querySelectorAll("input:not([type=hidden]), textarea")) {
      const twin =
        name && value !== (sent.get(name) ?? "") && fresh.querySelector(`[name="${name}"]`);
      if (!twin || !("value" in twin) || /radio|checkbox/.test(twin.type)) continue;
      // Where she wrote a list has come, which may not know what she wrote.
      const { options } = twin;
      if (options && ![...options].some((option) => option.value === value)) {
        twin.add(new Option(value, value));
      }
      twin.value = value;
    }
  }

  async function refresh(select) {
    const button = form.querySelector('button[name="step"]');
    const turn = ++latest;
    const body = new URLSearchParams(new FormData(form));
    body.set("step", "region");
    try {
      const response = await fetch(form.action, { method: "POST", body });
      if (!response.ok) throw new Error("refused");
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (turn !== latest) return;
      for (const id of ["region", "summary"]) {
        const here = document.getElementById(id);
        const fresh = page.getElementById(id);
        // A page of an address alone has nothing to sum up.
        if (!here && !fresh) continue;
        if (!fresh) throw new Error("no such part");
        keepTyped(here, fresh, body);
        here.replaceWith(fresh);
      }
      forgetErrors();
      // The keyboard stays where it was: arrow keys change a closed list at every step.
      form.elements.namedItem(select.name)?.focus();
    } catch {
      if (turn === latest) form.requestSubmit(button);
    }
  }

  // Under a township there is no list to ask for.
  const isAbove = ({ tagName, name }) => tagName === "SELECT" && name !== "township";
  form.addEventListener("change", (event) => {
    if (event.target.closest("#region") && isAbove(event.target)) refresh(event.target);
    if (event.target.name === "addressId") {
      form.requestSubmit(form.querySelector('button[name="choose"]'));
    }
  });

  // Chosen before this came, over a slow line, or put back by the browser: nobody has heard of it.
  const wasMoved = ({ options, selectedIndex }) =>
    selectedIndex !==
    Math.max(
      0,
      [...options].findIndex((option) => option.defaultSelected),
    );
  const moved = [...form.querySelectorAll("#region select:not([name=township])")].find(wasMoved);
  if (moved) refresh(moved);
})();
