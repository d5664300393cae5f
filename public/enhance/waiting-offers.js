// Says that listings wait in this phone until who kept them signs in; not whose and not what they are,
// for another household may hold the phone now. [data-waiting-offers]: the words, with {count}.
// Without it nothing is said here; they wait all the same, and the page of her listings shows them.
(() => {
  const note = document.querySelector("[data-waiting-offers]");
  if (!note || !window.indexedDB) return;
  const asked = indexedDB.open("tianji-farm");
  // Made by kept-store.js alone: made here it would lack its stores.
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => {
    const db = asked.result;
    const all = db.transaction("offers").objectStore("offers").getAll();
    all.onsuccess = () => {
      const isWaiting = ({ id, state }) =>
        /^(kept|sending|sign-in)$/.test(state) && location.hash !== `#${id}`;
      const count = all.result.filter(isWaiting).length;
      note.hidden = count === 0;
      note.textContent = note.dataset.waitingOffers.replace("{count}", count);
      db.close();
    };
  };
})();
