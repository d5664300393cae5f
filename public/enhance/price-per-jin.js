// Says the price of a jin (500 g) while the farmer types price, unit and grams, and what is hers of
// the price; asks for the grams only where the unit has none of its own; and shows what the crop that
// is chosen went for (data-guide). Without it, the pages say all of it once the form was sent. The
// words come from <output data-per-jin="合每斤 %"> and <output data-yours="卖出一份（{unit}），您得 %"
// data-unit-words='{"kg":"公斤"}' data-fee-basis-points="600">.
(() => {
  const output = document.querySelector("output[data-per-jin]");
  const form = output?.closest("form");
  const yours = form?.querySelector("output[data-yours]");
  const guides = form?.querySelectorAll("[data-guide]");
  const ownWeight = form?.querySelector("[data-own-weight]");
  if (!form) return;
  const fixed = { "box-5jin": 2500, kg: 1000 };
  const unitWords = JSON.parse(yours?.dataset.unitWords ?? "{}");
  const typed = (name) => (form.elements[name]?.value ?? "").normalize("NFKC").trim();

  const show = () => {
    for (const guide of guides) guide.hidden = guide.dataset.guide !== typed("category");
    if (ownWeight) ownWeight.hidden = typed("unit") in fixed;
    const grams = fixed[typed("unit")] ?? Number(typed("unitGrams"));
    // As the server reads it: a Chinese keyboard's full stop and a yuan sign are no mistake.
    const plain = typed("price").replace("。", ".").replace(/^¥/, "");
    const price = /^\d{1,7}(\.\d{1,2})?$/.test(plain) ? Number(plain) : 0;
    const isKnown = grams > 0 && price > 0;
    // Half a fen is rounded up, as the server does; fen are whole, so no sum is ever a little off.
    const fen = Math.floor((Math.round(price * 100) * 1000 + grams) / (grams * 2));
    const yuan = `¥${(fen / 100).toFixed(2)}`;
    output.textContent = isKnown ? output.dataset.perJin.replace("%", yuan) : "";
    if (!yours) return;
    // The fee is rounded down to the fen, as the order's split does.
    const priceFen = Math.round(price * 100);
    const left = priceFen - Math.floor((priceFen * Number(yours.dataset.feeBasisPoints)) / 10000);
    const hers = `¥${(left / 100).toFixed(2)}`;
    const ofOne = yours.dataset.yours.replace("{unit}", unitWords[typed("unit")] ?? "");
    yours.textContent = priceFen > 0 ? ofOne.replace("%", hers) : "";
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
})();
