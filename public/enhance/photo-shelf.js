// Where the phone keeps the photos that she has chosen and the market has not taken yet, each under
// its key and beside what it is for: a draft, or the form of a path. Two households may share a phone:
// each sees its own alone. Other scripts of ours call window.photoShelf; where the phone may keep
// nothing (a private window) it holds nothing.
(() => {
  const A_MONTH_MS = 30 * 24 * 60 * 60 * 1000;
  if (!window.indexedDB) return;
  const { household = "" } = document.documentElement.dataset;
  const isHers = (record) => record.household === household;
  const opened = new Promise((done) => {
    const asked = indexedDB.open("tianji-photos", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
  });
  const inStore = async (work) => {
    const db = await opened;
    if (!db) return null;
    return new Promise((done, fail) => {
      const all = db.transaction("waiting", "readwrite", { durability: "strict" });
      const asked = work(all.objectStore("waiting"));
      all.oncomplete = () => done(asked.result);
      all.onabort = fail;
    }).catch(() => null);
  };

  const put = (record) => inStore((store) => store.put({ ...record, household }));
  const forget = ({ key }) => inStore((store) => store.delete(key));

  /** All her photos, as they were chosen. */
  async function all() {
    const records = (await inStore((store) => store.getAll())) || [];
    return records.filter(isHers).sort((one, other) => one.at - other.at);
  }

  /** The photos for a draft or a form; what nobody came back for in a month is forgotten. */
  async function photosOf(draft) {
    const hers = await all();
    const isOld = (record) => record.draft !== draft && Date.now() - record.at > A_MONTH_MS;
    for (const record of hers.filter(isOld)) forget(record);
    return hers.filter((record) => record.draft === draft);
  }

  /** In one piece of work: whoever has seen that it arrived may leave the page at once. */
  const forgetAll = (draft) =>
    inStore((store) => {
      const asked = store.getAll();
      asked.onsuccess = () => {
        const isGone = (record) => isHers(record) && record.draft === draft;
        for (const { key } of asked.result.filter(isGone)) store.delete(key);
      };
      return asked;
    });

  window.photoShelf = { put, forget, all, photosOf, forgetAll };
})();
