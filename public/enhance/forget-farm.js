// Before she signs out, drops the copies of her farm's pages that the phone kept. What she listed and
// could not send yet stays, for her alone.
(() => {
  const PATIENCE = 2_000;
  const form = document.querySelector('form[action="/sign-out"]');
  if (!form || !self.caches) return;

  async function forget() {
    const registration = await navigator.serviceWorker?.getRegistration("/farm");
    registration?.active?.postMessage({ isSignOut: true });
    const pages = (await caches.keys()).filter((name) => name.startsWith("farm-pages-"));
    await Promise.all(pages.map((name) => caches.delete(name)));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const leave = () => HTMLFormElement.prototype.submit.call(form);
    const enough = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([forget(), enough]).then(leave, leave);
  });
})();
