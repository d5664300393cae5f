import { AsyncLocalStorage } from "node:async_hooks";
import { type ActOrigin, originKey } from "#app/domain/audit/act-origin.ts";

const shared = globalThis as { [originKey]?: AsyncLocalStorage<ActOrigin> };
shared[originKey] ??= new AsyncLocalStorage<ActOrigin>();
const origins = shared[originKey];

/** Whatever `work` writes into the log of acts, also later in what it awaits, was done from there. */
export const actingFrom = <T>(origin: ActOrigin, work: () => T): T => origins.run(origin, work);
