import { networkInterfaces } from "node:os";

/** The address by which a phone in the same network reaches this machine; none where it cannot. */
export function networkAddress(host: string): string | undefined {
  if (host !== "0.0.0.0" && host !== "::") return undefined;
  const all = Object.values(networkInterfaces()).flat();
  return all.find((one) => one?.family === "IPv4" && !one.internal)?.address;
}
