// Before she signs out, drops the copies of her farm's pages that the phone kept, and the words and
// photos of forms that she has not sent. What she listed and could not send yet stays, for her alone.
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

  async function forgetTyped() {
    const typed = Object.keys(localStorage).filter((key) => key.startsWith("typed:"));
    for (const key of typed) localStorage.removeItem(key);
    await Promise.all([window.photoShelf?.clear(), window.keptWords?.clear()]);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const leave = () => HTMLFormElement.prototype.submit.call(form);
    const enough = new Promise((done) => setTimeout(done, PATIENCE));
    // A browser that keeps nothing has nothing to forget.
    const all = Promise.allSettled([forgetPages(), forgetTyped()]);
    Promise.race([all, enough]).then(leave, leave);
  });
})();
