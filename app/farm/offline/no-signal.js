// On every page of the farm: sends what waits in the phone, and has the service worker keep the page
// on which a crop is listed without a signal.
(() => {
  const { dataset, lang } = document.documentElement;
  const { household } = dataset;
  if (!household || !self.indexedDB) return;
  const AGAIN = 30_000;
  let next;

  const send = async () => {
    clearTimeout(next);
    const isLeft = navigator.onLine && (await keptOffers.sendAll(household));
    if (isLeft) next = setTimeout(() => send().catch(() => {}), AGAIN);
  };
  const trySending = () => send().catch(() => {}); // a browser that keeps nothing has nothing to send

  async function keepOfflinePage() {
    if (!navigator.serviceWorker || !self.caches) return;
    await navigator.serviceWorker.register("/farm/sw.js", { scope: "/farm" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: { household, lang } });
  }

  addEventListener("online", trySending);
  // After the page itself: the line is thin.
  addEventListener("load", () => {
    trySending();
    keepOfflinePage().catch(() => {}); // private windows refuse it; the farm works without
  });
})();
