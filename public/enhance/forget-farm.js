// Before she signs out, drops the copies of her farm's pages that the phone kept: they tell what she
// earns. What anybody typed or shot here and has not sent stays: it is kept under the key of a
// household (or a manager), and shown and sent for that one alone.
(() => {
  const PATIENCE = 2_000;
  const form = document.querySelector('form[action="/sign-out"]');
  if (!form) return;

  async function forgetPages() {
    const registration = await navigator.serviceWorker?.getRegistration("/farm");
    registration?.active?.postMessage({ isSignOut: true });
    const pages = (await caches.keys()).filter((name) => name.startsWith("farm-pages-"));
    await Promise.all(pages.map((name) => caches.delete(name)));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const leave = () => HTMLFormElement.prototype.submit.call(form);
    const enough = new Promise((done) => setTimeout(done, PATIENCE));
    // A browser that keeps no pages has none to forget.
    Promise.race([forgetPages(), enough]).then(leave, leave);
  });
})();
