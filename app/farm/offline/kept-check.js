// What is wrong with an offer as it stands in the phone, field by field, by the keys the server has
// for it: what would only be refused later, when she is not looking, is said at once. The page gives
// the bounds; what the server alone can know it says when it is sent.
self.keptCheck = (() => {
  const plainOf = (text) => (text ?? "").trim().normalize("NFKC");

  /** As the server reads it; NaN where it is no number. */
  function numberOf(text) {
    const plain = plainOf(text).replace(/[\s,]/g, "");
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  }

  function fenOf(text) {
    const plain = plainOf(text).replace("。", ".").replace(/^¥/, "");
    return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : Number.NaN;
  }

  function wrongPrice(text, { priceFen }) {
    if (plainOf(text) === "") return "required";
    const fen = fenOf(text);
    if (Number.isNaN(fen)) return "price";
    return fen < 1 || fen > priceFen ? "priceRange" : null;
  }

  function wrongCount(text, { quantity }) {
    if (plainOf(text) === "") return "required";
    const count = numberOf(text);
    if (count > quantity) return "tooMany";
    if (!Number.isInteger(count)) return "wholeNumber";
    return count < 1 ? "atLeastOne" : null;
  }

  function wrongWeight({ unit, unitGrams }, bounds) {
    if (!bounds.weighedUnits.includes(unit)) return null;
    if (plainOf(unitGrams) === "") return "required";
    const grams = numberOf(unitGrams);
    return Number.isInteger(grams) && grams >= 1 && grams <= bounds.grams ? null : "unit-grams";
  }

  const PHONE = /(?<!\d)(?:86[\s\p{Pd}]*)?1(?:[\s\p{Pd}]*\d){10}(?!\d)/u;

  /** Without a name the crop lends its own; what is no crop of ours has none to lend. */
  const isNameless = ({ category = "", title = "" }) =>
    category.startsWith("other-") && title.trim() === "";

  function wrongTitle(text, most) {
    if ([...(text ?? "")].length > most) return "tooLong";
    return PHONE.test(plainOf(text)) ? "has-phone" : null;
  }

  function isDay(text) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return false;
    // Date takes 30 February too, for 2 March.
    return new Date(text).toISOString().slice(0, 10) === text;
  }

  function wrongShipping(day, harvestedOn, { years }, now) {
    if (day === "") return "required";
    if (!isDay(day)) return "date";
    const today = now.toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
    if (day <= today) return "ships-past";
    if (day > `${Number(today.slice(0, 4)) + years}${today.slice(4)}`) return "ships-too-far";
    return isDay(harvestedOn) && day < harvestedOn ? "ships-before-harvest" : null;
  }

  /** A pre-sale says both, from when it is sent and how much at most; what is harvested neither. */
  function wrongPresale(values, bounds, now) {
    const { shipsFrom = "", presaleLimit = "", harvestedOn = "", quantity } = values;
    const day = shipsFrom.trim();
    if (day === "" && presaleLimit.trim() === "") return {};
    const isBelow = numberOf(presaleLimit) < numberOf(quantity);
    return {
      shipsFrom: wrongShipping(day, harvestedOn.trim(), bounds, now),
      presaleLimit: wrongCount(presaleLimit, bounds) ?? (isBelow ? "presale-below" : null),
    };
  }

  return (values, photoCount, bounds, now = new Date()) => {
    const { title = "", titleEn, price, quantity, harvestedOn } = values;
    const wrong = {
      photo: photoCount === 0 ? "photo-none" : null,
      category: values.category ? null : "choose",
      title: isNameless(values) ? "required" : wrongTitle(title.trim(), bounds.title),
      titleEn: wrongTitle(titleEn, bounds.titleEn),
      unitGrams: wrongWeight(values, bounds),
      price: wrongPrice(price, bounds),
      quantity: wrongCount(quantity, bounds),
      harvestedOn: harvestedOn ? null : "date",
      ...wrongPresale(values, bounds, now),
    };
    return Object.fromEntries(Object.entries(wrong).filter(([, key]) => key));
  };
})();
