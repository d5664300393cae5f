// Puts on the disk of the phone what keep-typed.js keeps: localStorage gets there only seconds later,
// and a battery that dies, or a browser that is killed, takes those seconds with it. Other scripts of
// ours call window.keptWords; where the phone may keep nothing it is not there.
(() => {
  /** Between two writings: every one of them makes the phone's memory work. */
  const PAUSE_MS = 300;
  if (!window.indexedDB) return;
  const opened = new Promise((done) => {
    const asked = indexedDB.open("tianji-words", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("typed");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
  });
  const inStore = async (work) => {
    const db = await opened;
    if (!db) return undefined;
    return new Promise((done, fail) => {
      const all = db.transaction("typed", "readwrite", { durability: "strict" });
      const asked = work(all.objectStore("typed"));
      all.oncomplete = () => done(asked.result);
      all.onabort = fail;
    }).catch(() => undefined);
  };

  const waiting = new Map();
  let isWriting = false;

  /** The newest words of each form; those in between are written by nobody. */
  async function put(key, kept) {
    waiting.set(key, kept);
    if (isWriting) return;
    isWriting = true;
    while (waiting.size > 0) {
      const [[next, words]] = waiting;
      waiting.delete(next);
      await inStore((store) => store.put(words, next));
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    isWriting = false;
  }
  const get = (key) => inStore((store) => store.get(key));
  const forget = (key) => {
    waiting.delete(key);
    return inStore((store) => store.delete(key));
  };

  /** Drops what is so. */
  const tidy = (isSo) =>
    inStore((store) => {
      const asked = store.openCursor();
      asked.onsuccess = () => {
        const { result: at } = asked;
        if (!at) return;
        if (isSo(at.value)) at.delete();
        at.continue();
      };
      return asked;
    });

  window.keptWords = { put, get, forget, tidy };
})();
