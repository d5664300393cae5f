// Brings up to date by itself what is still under way; without scripts a link does. While it goes on
// only that part is put in, so that nobody loses the place where she reads or types.
(() => {
  const EVERY_MS = 3_000;
  const part = (page) => page.querySelector("[data-look-again]");
  // Her session or her role has ended: what is answered then is another page, whose forms lead elsewhere.
  const isOver = ({ redirected, status }) => redirected || status === 403 || status === 404;
  async function look() {
    try {
      const answer = await fetch(location.href);
      if (isOver(answer)) return location.reload();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = part(page);
      if (answer.ok && fresh) part(document).replaceWith(fresh);
      else if (answer.ok) document.querySelector("main").replaceWith(page.querySelector("main"));
    } catch {
      // No signal: it is looked for again.
    }
    if (part(document)) setTimeout(look, EVERY_MS);
  }
  if (part(document)) setTimeout(look, EVERY_MS);
})();
