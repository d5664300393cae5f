// Where the phone keeps what a farmer listed without a signal: what she typed in one store, her
// photos in another.
self.keptStore = (() => {
  const result = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });

  let opened;
  const open = () => {
    const request = indexedDB.open("tianji-farm", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("offers", { keyPath: "id" });
      request.result
        .createObjectStore("photos", { keyPath: "key" })
        .createIndex("offerId", "offerId");
    };
    return result(request);
  };

  /** All or nothing, and on the disk before it is done: a battery may die at any moment. */
  async function inOne(mode, work) {
    opened ??= open();
    const db = await opened;
    const trx = db.transaction(["offers", "photos"], mode, { durability: "strict" });
    const ended = new Promise((done, fail) => {
      trx.oncomplete = done;
      trx.onabort = () => fail(trx.error);
    });
    const worked = work(trx.objectStore("offers"), trx.objectStore("photos"));
    return (await Promise.all([worked, ended]))[0];
  }

  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");

  return { result, inOne, newId };
})();
