// Where the phone keeps the photos that she has chosen and the market has not taken yet, each under
// its key and beside what it is for: a draft, or the form of a path. Other scripts of ours call
// window.photoShelf; where the phone may keep nothing (a private window) it holds nothing.
(() => {
  const A_MONTH_MS = 30 * 24 * 60 * 60 * 1000;
  if (!window.indexedDB) return;
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

  const put = (record) => inStore((store) => store.put(record));
  const forget = ({ key }) => inStore((store) => store.delete(key));

  /** The photos for a draft or a form, as they were chosen; what nobody came back for in a month is forgotten. */
  async function photosOf(draft) {
    const all = (await inStore((store) => store.getAll())) || [];
    const isOld = (record) => record.draft !== draft && Date.now() - record.at > A_MONTH_MS;
    for (const record of all.filter(isOld)) forget(record);
    return all.filter((record) => record.draft === draft).sort((one, other) => one.at - other.at);
  }

  /** In one piece of work: whoever has seen that it arrived may leave the page at once. */
  const forgetAll = (draft) =>
    inStore((store) => {
      const asked = store.getAll();
      asked.onsuccess = () => {
        for (const record of asked.result) if (record.draft === draft) store.delete(record.key);
      };
      return asked;
    });

  const clear = () => inStore((store) => store.clear());

  window.photoShelf = { put, forget, photosOf, forgetAll, clear };
})();
