// On the page for listing without a signal: asks once whether a price far from the usual is right.
// The guide of the crop that is chosen says what is usual (data-usual, in fen of a jin); where the
// phone knows nothing, nothing is asked. It must come before the script that publishes.
(() => {
  const TIMES_OFF = 5;
  const notice = document.querySelector("[data-price-doubt]");
  const form = notice?.closest("form");
  if (!form) return;
  const grams = { "box-5jin": 2500, kg: 1000 };
  const typed = (name) => (form.elements[name]?.value ?? "").normalize("NFKC").trim();
  const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`;
  let sure = "";

  form.addEventListener("submit", (event) => {
    const asked = ["category", "unit", "unitGrams", "price"].map(typed).join(" ");
    const guides = [...form.querySelectorAll("[data-guide]")];
    const guide = guides.find(({ dataset }) => dataset.guide === typed("category"));
    const usual = Number(guide?.dataset.usual);
    const weight = grams[typed("unit")] ?? Number(typed("unitGrams"));
    const fen = Math.round((Number(typed("price")) * 100 * 500) / weight);
    const isPrice = fen > 0 && weight > 0;
    const isOdd = isPrice && (fen > usual * TIMES_OFF || fen * TIMES_OFF < usual);
    notice.hidden = !isOdd || asked === sure;
    if (notice.hidden) return;
    sure = asked;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { high, low } = notice.dataset;
    const said = (fen > usual ? high : low).replace("{price}", yuan(fen));
    notice.querySelector("[data-odd]").textContent = said.replace("{usual}", yuan(usual));
    notice.scrollIntoView({ block: "center" });
  });
})();
