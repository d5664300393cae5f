// A button 念给我听 beside what is marked data-read: the phone's own voice reads it, amounts in words
// that it reads well; a second tap stops it. Where the phone has no voice there is no button. The
// words on it come from <main data-read-text="…" data-stop-text="…">.
(() => {
  const voice = window.speechSynthesis;
  const main = document.querySelector("main[data-read-text]");
  if (!voice || !window.SpeechSynthesisUtterance || !main) return;
  const { readText, stopText } = main.dataset;
  const lang = document.documentElement.lang;
  const isChinese = lang.startsWith("zh");

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
      return sign + (isChinese ? chineseYuan : englishYuan)(yuan.replaceAll(",", ""), fen);
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
  const stop = () => {
    latest++;
    voice.cancel();
    if (pressed) pressed.textContent = readText;
    pressed = null;
  };

  const read = (button, parts) => {
    const isSecondTap = pressed === button;
    stop();
    if (isSecondTap) return;
    pressed = button;
    button.textContent = stopText;
    const turn = latest;
    const end = () => turn === latest && stop();
    // Sentence by sentence: some phones break off what takes longer than a quarter of a minute.
    const sentences = parts
      .filter((part) => part.getClientRects().length > 0)
      .flatMap((part) => inWords(part.innerText).match(/[^。！？!?\n]+/g) ?? []);
    for (const [index, sentence] of sentences.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence.trim());
      utterance.lang = lang;
      utterance.rate = 0.9;
      utterance.onerror = end;
      if (index === sentences.length - 1) utterance.onend = end;
      voice.speak(utterance);
    }
  };

  // Parts of one list or group, and parts that follow each other, are read by one button below them.
  // What stands in something hidden has one as well: it may be opened.
  const groups = [];
  for (const part of main.querySelectorAll("[data-read]")) {
    if (getComputedStyle(part).display === "none" || part.parentElement.closest("[data-read]"))
      continue;
    const home = part.closest("[data-read-group], ul, ol, dl, table") ?? part;
    const last = groups.at(-1);
    const isNext = last && (last.home === home || last.home.nextElementSibling === home);
    if (isNext) Object.assign(last, { home, parts: [...last.parts, part] });
    else groups.push({ home, parts: [part] });
  }
  for (const { home, parts } of groups) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = readText;
    button.addEventListener("click", () => read(button, parts));
    home.after(button);
  }
  window.addEventListener("pagehide", stop);
})();
