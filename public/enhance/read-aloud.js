// A button 念给我听 under all that stands in <main>, whatever page it is: the phone's own voice reads
// it, amounts in words that it reads well; a second tap stops it. Where the phone has no voice for the
// page's language, or says so only later, there is no button until it has one; where reading fails,
// the button says so. One button reads what stands between two things that one taps, within one card,
// notice or data-read-group, and the headings above it. Left out is what a button, a link that stands
// alone or a choice says of itself. The words on it come from
// <main data-read-text="…" data-stop-text="…" data-fail-text="…">.
(() => {
  const voice = window.speechSynthesis;
  const main = document.querySelector("main[data-read-text]");
  if (!voice || !window.SpeechSynthesisUtterance || !main) return;
  const { readText, stopText, failText } = main.dataset;
  const lang = document.documentElement.lang;
  const isChinese = lang.startsWith("zh");
  const SILENT_MS = 8000;
  const LOOK_AGAIN_MS = [1000, 4000]; // some phones bring their voices and do not say so

  // Phones write "zh-CN", "zh_CN" or "cmn-Hans-CN".
  const isOurs = isChinese ? /^(zh|cmn|zho|chi)\b|^$/i : /^(en|eng)\b|^$/i;
  const hasVoice = () => voice.getVoices().some((one) => isOurs.test(one.lang.replace("_", "-")));

  const chineseYuan = (yuan, fen) => {
    const [jiao, rest] = fen;
    if (fen === "00") return `${yuan}元`;
    const whole = yuan === "0" ? "" : `${yuan}元`;
    const tenths = jiao === "0" ? (whole ? "零" : "") : `${jiao}角`;
    return whole + tenths + (rest === "0" ? "" : `${rest}分`);
  };
  const englishYuan = (yuan, fen) => `${yuan}${fen === "00" ? "" : `.${fen}`} yuan`;

  // "−¥1,059.80" is read out sign by sign, or not at all: "负1059元8角" is read as anyone says it.
  const inWords = (text) => {
    const amounts = text.replace(/([−-]?)¥([\d,]+)(?:\.(\d\d))?/g, (_, minus, yuan, fen = "00") => {
      const sign = minus && (isChinese ? "负" : "minus ");
      return sign + (isChinese ? chineseYuan : englishYuan)(yuan.replace(/,/g, ""), fen);
    });
    if (!isChinese) return amounts.replace(/ ?× ?/g, " times ").replace(/ ?[/] ?/g, " per ");
    return amounts
      .replace(/ ?× ?(?=\d)/g, "个")
      .replace(/ ?× ?/g, "")
      .replace(/ ?[/] ?/g, "每")
      .replace(/ ?· ?/g, "，");
  };

  let latest = 0; // of the readings; what an earlier one says when it ends is old news
  let pressed = null;
  let silence;
  const stop = (text = readText) => {
    latest++;
    clearTimeout(silence);
    voice.cancel();
    if (pressed) {
      pressed.textContent = text;
      delete pressed.dataset.reading;
    }
    pressed = null;
  };

  const displayOf = (one) => getComputedStyle(one).display;

  /** What is read, line by line: words that stand side by side are one. */
  const linesOf = (parts) => {
    const lines = [];
    let last;
    for (const part of parts) {
      let block = part.parentElement;
      while (displayOf(block).startsWith("inline")) block = block.parentElement;
      if (block !== last) lines.push("");
      last = block;
      lines[lines.length - 1] += part.data.replace(/\s+/g, " ");
    }
    return lines;
  };

  const read = (button, parts) => {
    const isSecondTap = pressed === button;
    stop();
    if (isSecondTap) return;
    pressed = button;
    button.textContent = stopText;
    button.dataset.reading = "";
    const turn = latest;
    const end = () => turn === latest && stop();
    const fail = () => turn === latest && stop(failText);
    silence = setTimeout(fail, SILENT_MS);
    // Sentence by sentence: some phones break off what takes longer than a quarter of a minute.
    const sentences = linesOf(parts).flatMap((line) => inWords(line).match(/[^。！？!?]+/g) ?? []);
    for (const [index, sentence] of sentences.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence.trim());
      utterance.lang = lang;
      utterance.rate = 0.9;
      utterance.onerror = fail;
      utterance.onstart = () => turn === latest && clearTimeout(silence);
      if (index === sentences.length - 1) utterance.onend = end;
      voice.speak(utterance);
    }
  };

  const SHEET = ".card, .notice, details, [data-read-group]";
  const LIST = "ul, ol, dl, table";
  const WITHOUT = "nav, summary, select, textarea, label:not([for]), [aria-hidden], [data-unread]";

  /** What one taps. A link within a sentence is a part of it, and rows of a list are read. */
  const isTapped = (one) => {
    if (one.localName !== "a") return one.matches("button, .btn, details:not([open])");
    if (one.matches(".btn")) return true;
    return !one.firstElementChild && !one.closest("li") && displayOf(one) !== "inline";
  };

  /** What the button stands behind: the whole of a list, the whole of a field. */
  const homeOf = ({ parentElement: one }, sheet) => {
    const list = one.closest(LIST);
    if (list && (!sheet || sheet.contains(list))) return list;
    const home = one.closest("p, h1, h2, h3, label, div, section, li, output, main");
    return home.localName === "label" ? home.parentElement : home;
  };

  const gather = () => {
    const groups = [];
    let group;
    let headings = [];
    const add = (part) => {
      const one = part.parentElement;
      const sheet = one.closest(SHEET);
      if (one.closest("h1, h2, h3")) {
        group = undefined;
        headings.push(part);
        return;
      }
      if (!group || group.sheet !== sheet) {
        group = { sheet, parts: headings };
        groups.push(group);
        headings = [];
      }
      group.parts.push(part);
      group.home = homeOf(part, sheet);
    };
    const walk = (home) => {
      for (const child of home.childNodes) {
        if (child.nodeType === Node.TEXT_NODE && child.data.trim()) add(child);
        if (child.nodeType !== Node.ELEMENT_NODE || child.matches(".read-aloud")) continue;
        if (displayOf(child) === "none") continue;
        // What is tapped ends what one button reads, but within a list.
        if (isTapped(child) && !child.closest("li")) group = undefined;
        if (!isTapped(child) && !child.matches(WITHOUT)) walk(child);
      }
    };
    walk(main);
    const left = headings[headings.length - 1];
    if (left) groups.push({ parts: headings, home: homeOf(left) });
    // One home has one button, whatever stands between its parts.
    const byHome = new Map();
    for (const { home, sheet, parts } of groups) {
      byHome.set(home, { sheet, parts: [...(byHome.get(home)?.parts ?? []), ...parts] });
    }
    return byHome;
  };

  const put = (button, home, sheet) => {
    if (home === sheet || home === main) {
      if (home.lastChild !== button) home.append(button);
    } else if (home.matches("ul, ol, table") && home.offsetHeight > innerHeight) {
      if (home.previousSibling !== button) home.before(button); // below, she would not find it
    } else if (home.nextSibling !== button) home.after(button);
  };

  const newButton = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "read-aloud";
    button.textContent = readText;
    return button;
  };

  let buttons = new Map(); // by what they stand behind
  const arrange = () => {
    const before = buttons;
    buttons = new Map();
    for (const [home, { sheet, parts }] of hasVoice() ? gather() : []) {
      const button = before.get(home) ?? newButton();
      before.delete(home);
      buttons.set(home, button);
      button.onclick = () => read(button, parts);
      put(button, home, sheet);
    }
    for (const button of before.values()) {
      if (button === pressed) stop();
      button.remove();
    }
  };

  // Pages change while they are open: an amount is said as she types, an error is shown, a fold opens.
  let waiting;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(arrange, 100);
  };
  addEventListener("DOMContentLoaded", () => {
    arrange();
    voice.addEventListener("voiceschanged", later);
    for (const wait of LOOK_AGAIN_MS) setTimeout(later, wait);
    new MutationObserver(later).observe(main, {
      ...{ subtree: true, childList: true, characterData: true },
      attributeFilter: ["hidden", "open"],
    });
  });
  addEventListener("pagehide", () => stop());
})();
