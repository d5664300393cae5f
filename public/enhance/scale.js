// The scale's form, quick by keyboard: Enter leads on to the next field, the net weight is told while
// it is typed, and what was weighed is kept in the phone before it is sent (kept-weigh-ins.js), so that
// the next one can be weighed at once, with a signal or without. Without it the form sends itself.
(() => {
  const form = document.querySelector("form[data-scale]");
  const list = document.querySelector("[data-kept]");
  const kept = window.keptWeighIns;
  if (!form || !list) return;
  const AGAIN = 20_000;
  const CODE = /^\d{8}$/;
  const { household, category, gross, tare, photo } = form.elements;
  const keeper = list.dataset.kept;
  const words = JSON.parse(list.dataset.words);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] || "");
  const errorIn = document.createElement("p");
  errorIn.className = "error";
  errorIn.id = "scale-card-error";
  errorIn.setAttribute("role", "alert");
  /** Of one that was refused: what is sent next takes its place. */
  let mended;

  /** As the server reads them: "12.35", "12,35" and "１２。35" are one weight. */
  function grams(text) {
    const plain = text.trim().normalize("NFKC").replace(/[。,]/, ".");
    return /^\d{1,5}(\.\d{1,3})?$/.test(plain) ? Math.round(Number(plain) * 1000) : null;
  }
  /** The last of a card's digits is made of the others (Luhn). */
  function isCard(digits) {
    const sum = [...digits].reduce((total, digit, index) => {
      const part = index % 2 === 0 ? 2 * digit : Number(digit);
      return total + (part > 9 ? part - 9 : part);
    }, 0);
    return sum % 10 === 0;
  }

  const net = form.querySelector("[data-net]");
  function sayNet() {
    const [all, basket] = [grams(gross.value), grams(tare.value || "0")];
    net.hidden = all === null || basket === null || basket >= all;
    if (!net.hidden) {
      const left = all - basket;
      net.textContent = fill(net.dataset.net, { kg: left / 1000, jin: left / 500 });
    }
  }
  form.addEventListener("input", sayNet);
  sayNet();

  /** A card that was read wrongly is told before anything is put on the scale. */
  function isWrongCard() {
    const typed = household.value.trim().normalize("NFKC");
    const isWrong = CODE.test(typed) && !isCard(typed);
    if (isWrong) {
      errorIn.textContent = words.card;
      household.after(errorIn);
    } else errorIn.remove();
    return isWrong;
  }

  form.addEventListener("scanned", (event) => {
    event.preventDefault();
    household.value = event.detail;
    household.dispatchEvent(new Event("input", { bubbles: true }));
    (category.value === "" ? category : gross).focus();
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const lead = (field) => {
      event.preventDefault();
      field.focus();
      if (field.select) field.select();
    };
    if (event.target === household) {
      if (isWrongCard()) lead(household);
      else if (household.value.trim() !== "" && gross.value === "") {
        lead(category.value === "" ? category : gross);
      }
    } else if (event.target === category) lead(gross);
    else if (event.target === gross) lead(tare);
  });
  household.addEventListener("input", () => errorIn.remove());

  /** A random UUID, by what older phones have too. */
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** Ready for the next one: crop, grade and basket stay. */
  function clear() {
    for (const field of [household, gross, photo]) field.value = "";
    for (const old of form.querySelectorAll("[name=photoId], .error, [role=radiogroup]")) {
      const part = old.name === "photoId" ? old.parentNode : old;
      part.remove();
    }
    for (const field of form.querySelectorAll("[aria-invalid]"))
      field.removeAttribute("aria-invalid");
    for (const notice of document.querySelectorAll("main .notice[role]")) {
      if (!notice.closest("[data-kept]") && form.parentNode.contains(notice)) notice.remove();
    }
    form.elements.clientKey.value = newKey();
    mended = undefined;
    sayNet();
    household.focus();
  }

  async function keep() {
    const data = new FormData(form);
    const fields = {};
    for (const [name, value] of data) {
      if (typeof value === "string" && name !== "clientKey") fields[name] = value;
    }
    const [file] = photo.files;
    const shrink = window.shrinkPhoto || ((one) => one);
    const small = file ? await Promise.resolve(shrink(file)).catch(() => file) : undefined;
    const crop = category.selectedOptions[0].textContent;
    await kept.keep({
      ...{ key: mended ? mended.key : form.elements.clientKey.value, keeper, fields },
      photo: small || mended?.photo || null,
      weighedAt: mended ? mended.weighedAt : Date.now(),
      what: `${household.value.trim()} · ${crop} · ${gross.value} − ${tare.value || "0"} kg`,
    });
  }

  let isKeeping = false;
  form.addEventListener("submit", (event) => {
    const isWhole = household.value.trim() !== "" && gross.value.trim() !== "";
    if (!kept) return;
    if (!isWhole && navigator.onLine) return; // the server says who that is, or what is missing
    event.preventDefault();
    if (!isWhole) return (household.value.trim() === "" ? household : gross).focus();
    if (isKeeping || isWrongCard()) return;
    isKeeping = true;
    keep()
      .then(() => {
        clear();
        trySending();
      })
      .catch(() => {
        if (navigator.onLine) HTMLFormElement.prototype.submit.call(form);
        else {
          errorIn.textContent = words.storeless;
          form.append(errorIn);
        }
      })
      .then(() => {
        isKeeping = false;
      });
  });

  function mend(one) {
    for (const [name, value] of Object.entries(one.fields)) {
      if (form.elements[name] && name !== "photoId") form.elements[name].value = value;
    }
    mended = one;
    sayNet();
    household.focus();
  }

  const rows = list.querySelector("[data-kept-rows]");
  const pattern = list.querySelector("template");
  const count = list.querySelector("[data-kept-count]");
  function draw(one) {
    const row = pattern.content.cloneNode(true);
    const part = (name) => row.querySelector(`[data-${name}]`);
    row.firstElementChild.dataset.is = one.state;
    part("what").textContent = one.what;
    part("state").textContent = fill(words[one.state], one);
    part("why").hidden = one.state !== "refused";
    part("why").textContent = one.reasons.join(" ");
    part("ways").hidden = one.state !== "refused";
    part("mend").addEventListener("click", () => mend(one));
    part("drop").addEventListener("click", () => {
      if (confirm(`${part("drop").textContent}: ${one.what}?`)) kept.drop(one.key);
    });
    return row;
  }
  async function show() {
    const all = await kept.list(keeper);
    const waiting = all.filter(kept.isWaiting).length;
    list.hidden = all.length === 0;
    const said = new Intl.NumberFormat().format(waiting);
    count.textContent = waiting === 0 ? "" : count.dataset.keptCount.replace("{count}", said);
    list.querySelector("[data-send-all]").parentNode.hidden = waiting === 0;
    rows.textContent = "";
    for (const one of all) rows.append(draw(one));
  }

  let next;
  async function trySending() {
    clearTimeout(next);
    const isLeft = await kept.sendAll(keeper).catch(() => true);
    if (isLeft) next = setTimeout(trySending, AGAIN);
  }

  /** The page as it serves without a signal; nothing of any household stands in it. */
  async function keepPage() {
    if (!navigator.serviceWorker || !window.caches) return;
    await navigator.serviceWorker.register("/coop/intake/sw.js", { scope: "/coop/intake" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: keeper });
  }

  if (!kept) return;
  kept.onChange(() => show().catch(() => {}));
  list.querySelector("[data-send-all]").addEventListener("click", trySending);
  addEventListener("online", trySending);
  show().catch(() => {});
  addEventListener("load", () => {
    trySending();
    keepPage().catch(() => {}); // private windows refuse it; the scale works without
  });
})();
