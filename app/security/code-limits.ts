import { type LimitName, type Limits, networkOf } from "./limits.ts";

export type CodeAsked = {
  phone: string;
  /** A key of the page that asks: two taps on it send one. */
  asker: string;
  address: string;
  /** This browser was signed in with this number before. */
  isKnown: boolean;
};

export type CodeAllowed =
  | { ok: true }
  /** A code is on its way since less than a minute: a second tap, perhaps. */
  | { ok: false; reason: "code-just-sent"; retryAfterSeconds: number }
  | { ok: false; reason: "too-many-codes"; retryAfterSeconds: number };

/**
 * How many codes are sent. Anyone may ask for a code for any number, so what is counted by number
 * alone can be used up by a stranger, who would lock its owner out. Therefore:
 *
 * - One network may ask for one number 4 times an hour and 6 a day: a first message and three more
 *   on a slow line, and some for later. A stranger who uses that up leaves the owner her own.
 * - All networks together may ask for one number 10 times a day. With five tries for a code that is
 *   50 guesses in a million; 100, or 10⁻⁴, where the end of a day meets the start of the next. So
 *   this cannot be wider, and strangers on two networks can keep the owner's *new* phone out until
 *   the day is over.
 * - Never her own: a browser that was signed in with the number before has a reserve of 5 an hour
 *   and 10 a day, which nobody else can touch and which none of the above counts.
 * - One network may have 40 messages sent an hour and 200 a day (limits.ts), whatever the numbers:
 *   this is what abuse can cost. One phone gets 20 messages a day at the very most.
 */
export function createCodeLimits(limits: Limits) {
  /** Once a minute for whoever asks: a stranger's request must not make the owner wait. */
  const lastOf = ({ phone, asker }: Pick<CodeAsked, "phone" | "asker">) => `${phone}:${asker}`;

  /** The address comes first: one that is refused must not use up a stranger's number. */
  function countersOf(asked: CodeAsked): [LimitName, string][] {
    const { phone, isKnown } = asked;
    const network = networkOf(asked.address);
    return [
      ["code-address-hour", network],
      ["code-address-day", network],
      ["code-asker-minute", lastOf(asked)],
      ...(isKnown ? ownCounters(phone) : strangersCounters(phone, network)),
    ];
  }

  const ownCounters = (phone: string): [LimitName, string][] => [
    ["code-known-hour", phone],
    ["code-known-day", phone],
  ];

  const strangersCounters = (phone: string, network: string): [LimitName, string][] => [
    ["code-network-hour", `${phone}:${network}`],
    ["code-network-day", `${phone}:${network}`],
    ["code-number-day", phone],
  ];

  /** The code is not on its way, or is over: the next one may be asked for at once. */
  const forgetLast = (asked: Pick<CodeAsked, "phone" | "asker">) =>
    limits.forget("code-asker-minute", lastOf(asked));

  return {
    forgetLast,
    async count(asked: CodeAsked): Promise<CodeAllowed> {
      for (const [name, key] of countersOf(asked)) {
        const allowed = await limits.use(name, key);
        if (allowed.ok) continue;
        if (name === "code-asker-minute") return { ...allowed, reason: "code-just-sent" };
        // Nothing is sent, so the next try must not be told that something was.
        if (!name.startsWith("code-address")) await forgetLast(asked);
        return { ...allowed, reason: "too-many-codes" };
      }
      return { ok: true };
    },
  };
}
