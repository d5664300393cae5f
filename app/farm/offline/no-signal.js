// On every page of the farm: sends what waits in the phone, and has the service worker keep the page
// on which a crop is listed without a signal.
(() => {
  const { dataset, lang } = document.documentElement;
  const { household } = dataset;
  if (!household || !self.indexedDB) return;
  const AGAIN = 30_000;
  const MOST_PAUSE = 300_000;
  let next;
  let isSending = false;

  async function trySending() {
    clearTimeout(next);
    next = undefined;
    if (isSending || !navigator.onLine) return;
    isSending = true;
    // A browser that keeps nothing has nothing to send.
    const isLeft = await keptOffers.sendAll(household).catch(() => false);
    isSending = false;
    if (isLeft) tryLater();
  }
  /** A line may break without the browser noticing: what did not get through is tried again. */
  const tryLater = () => {
    next ??= setTimeout(trySending, AGAIN);
  };

  /** A weak line may bring this page and no other: it is asked for until the phone has it. */
  async function keepOfflinePage(pause = 5_000) {
    if (!navigator.serviceWorker || !self.caches) return;
    await navigator.serviceWorker.register("/farm/sw.js", { scope: "/farm" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: { household, lang, mode: dataset.mode } });
    setTimeout(async () => {
      if (await caches.match("/farm/offline", { ignoreVary: true })) return;
      await keepOfflinePage(Math.min(2 * pause, MOST_PAUSE));
    }, pause);
  }

  addEventListener("online", trySending);
  keptOffers.onChange(tryLater);
  // After the page itself: the line is thin.
  addEventListener("load", () => {
    trySending();
    keepOfflinePage().catch(() => {}); // private windows refuse it; the farm works without
  });
})();
