import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A line to a server (the database, a store of photos) that a test can cut, let hang and mend. */
export async function openLine(serverUrl: string) {
  const { hostname, port } = new URL(serverUrl);
  const ends = new Set<Socket>();
  let state: "mended" | "silent" = "mended";
  let calls = 0;
  const server = createServer((near) => {
    const keep = (socket: Socket) => {
      ends.add(socket);
      socket.on("error", () => socket.destroy()).on("close", () => ends.delete(socket));
    };
    keep(near);
    calls++;
    if (state === "silent") return;
    const far = connect(Number(port), hostname);
    keep(far);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  const listen = (at: number) => once(server.listen(at, "127.0.0.1"), "listening");
  await listen(0);
  const { port: at } = server.address() as AddressInfo;
  const hangUp = () => {
    for (const end of ends) end.destroy();
  };
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${at}`;
  return {
    url: url.href,
    /** How many connections were asked for so far. */
    calls: () => calls,
    /** Stopped: lines break, and no new one is taken. */
    async cut() {
      const closed = server.listening ? once(server.close(), "close") : undefined;
      hangUp();
      await closed;
    },
    /** Frozen: lines break, new ones are taken, and nobody says a word. */
    freeze() {
      state = "silent";
      hangUp();
    },
    async mend() {
      state = "mended";
      hangUp();
      if (!server.listening) await listen(at);
    },
  };
}
