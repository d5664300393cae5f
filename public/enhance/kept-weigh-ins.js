// Keeps what was weighed in the phone until the market has it, and sends it: a reload, a dead battery,
// a session that ended or a lost line costs nothing. Each weigh-in has a key of its own, made here, so
// that what arrived all the same counts once; and the key of whoever weighed it, for one cooperative:
// another's session on this phone sends nothing of hers. Other scripts of ours call
// window.keptWeighIns; where the browser keeps nothing there is none.
(() => {
  if (!window.indexedDB || !window.fetch) return;
  const PATIENCE = 30_000;
  const SENT_FOR = 10 * 60_000;
  const listeners = new Set();

  const result = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  let opened;
  function open() {
    const request = indexedDB.open("tianji-scale", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("weighIns", { keyPath: "key" });
    };
    return result(request);
  }

  /** All or nothing, and on the disk before it is done. */
  async function inStore(mode, work) {
    opened = opened || open();
    const trx = (await opened).transaction("weighIns", mode, { durability: "strict" });
    const ended = new Promise((done, fail) => {
      trx.oncomplete = done;
      trx.onabort = () => fail(trx.error);
    });
    return (await Promise.all([work(trx.objectStore("weighIns")), ended]))[0];
  }
  const tell = () => {
    for (const listener of listeners) listener();
  };

  /** Changes one if it is still as it was when it was sent: what she mended meanwhile stays hers. */
  async function change(sent, parts) {
    await inStore("readwrite", async (store) => {
      const now = await result(store.get(sent.key));
      if (now && now.revision === sent.revision) store.put({ ...now, ...parts });
    });
    tell();
  }

  /** Keeps a weigh-in to be sent; under the key of one that was refused it takes its place. */
  async function keep(weighIn) {
    await inStore("readwrite", async (store) => {
      const before = await result(store.get(weighIn.key));
      const revision = (before?.revision || 0) + 1;
      store.put({ ...weighIn, revision, state: "kept", reasons: [] });
    });
    tell();
  }

  async function drop(key) {
    await inStore("readwrite", async (store) => store.delete(key));
    tell();
  }

  /** Hers, newest first; what the market has is shown for a while. */
  async function list(keeper) {
    const all = await inStore("readonly", (store) => result(store.getAll()));
    const isOver = ({ state, sentAt }) => state === "sent" && sentAt < Date.now() - SENT_FOR;
    for (const { key } of all.filter(isOver)) {
      await inStore("readwrite", async (store) => store.delete(key));
    }
    return all
      .filter((one) => one.keeper === keeper && !isOver(one))
      .sort((one, other) => other.weighedAt - one.weighedAt);
  }

  const isWaiting = ({ state }) => state !== "sent" && state !== "refused";

  async function post({ key, keeper, fields, photo, weighedAt }) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set("clientKey", key);
    body.set("weighedAt", String(weighedAt));
    if (photo) body.set("photo", photo, "scale.jpg");
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch("/coop/intake/kept", {
        ...{ method: "POST", body, headers: { "Scale-Keeper": keeper } },
        signal: patience.signal,
      });
      return { status: answer.status, body: await answer.json().catch(() => ({})) };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What becomes of one by an answer; without one it stays as it is, and is sent again. */
  function after(answer) {
    if (!answer) return { state: "kept" };
    const { status, body } = answer;
    if (status === 200 && body.state === "sent") {
      const { name, net, weighInId } = body;
      return { state: "sent", sentAt: Date.now(), name, net, weighInId, photo: null };
    }
    if (status === 422) return { state: "refused", reasons: body.reasons || [] };
    if (status === 409) return { state: "other" };
    if (status === 401 || status === 403) return { state: "sign-in" };
    return { state: "busy" };
  }

  async function sendEach(keeper) {
    for (const one of (await list(keeper)).filter(isWaiting).reverse()) {
      const answer = await post(one);
      await change(one, after(answer));
      // Without a line, or without her session, the next one fares no better.
      if (!answer || [401, 403, 409, 429].includes(answer.status)) break;
    }
    return (await list(keeper)).some(isWaiting);
  }

  let isSending = false;
  /** Sends hers that wait, oldest first, one tab at a time; true when some are left. */
  async function sendAll(keeper) {
    if (isSending) return true;
    isSending = true;
    const work = () => sendEach(keeper);
    try {
      if (!navigator.locks) return await work();
      const options = { ifAvailable: true };
      return await navigator.locks.request("tianji-scale", options, (lock) => !lock || work());
    } finally {
      isSending = false;
    }
  }

  const onChange = (listener) => listeners.add(listener);
  window.keptWeighIns = { keep, drop, list, sendAll, isWaiting, onChange };
})();
