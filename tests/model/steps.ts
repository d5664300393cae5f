import fc from "fast-check";

/**
 * One thing that somebody does. `of` picks among what there is of the kind, the newest being 0;
 * `how` picks a manner and `much` an amount. Plain numbers, so that a history can be kept as JSON
 * and shrunk; a step that meets nothing of its kind is left out.
 */
export type Step = {
  do: Verb;
  of: number;
  how: number;
  much: number;
  items?: { listing: number; quantity: number }[];
};

/** How often each happens; what opens the way to other things happens more often. */
const WEIGHTS = {
  place: 12,
  "place-again": 2,
  open: 11,
  "second-page": 2,
  pay: 11,
  "pay-late": 3,
  "pay-slowly": 1,
  "decide-slow": 2,
  settle: 14,
  expire: 3,
  cancel: 2,
  wait: 3,
  accept: 7,
  pack: 6,
  ship: 5,
  deliver: 4,
  receive: 3,
  "receive-one": 3,
  "a-week": 1,
  "call-off": 2,
  claim: 6,
  short: 3,
  weigh: 3,
  "send-later": 4,
  propose: 9,
  answer: 7,
  withdraw: 1,
  "half-a-day": 1,
  reword: 1,
  refund: 8,
  "refund-again": 1,
  "carry-out": 9,
  "refund-turns": 4,
  "give-back": 3,
  "settle-refunds": 4,
  "decide-failed": 3,
  transfer: 4,
  "take-back": 2,
  dispute: 3,
  "decide-dispute": 4,
  "turn-dispute": 2,
  "settle-dispute": 5,
  prepare: 4,
  confirm: 3,
  "confirm-anyway": 1,
  "cancel-run": 1,
  bounce: 3,
  "bank-pays": 2,
  "ask-reversal": 2,
  "approve-reversal": 3,
  "count-reserve": 4,
  "agree-reserve": 1,
  pause: 1,
  resume: 4,
  plan: 2,
  "change-cycle": 2,
  "close-cycle": 1,
  "call-cycle-off": 1,
  free: 4,
} as const;
export type Verb = keyof typeof WEIGHTS;
export type Weights = { readonly [Each in Verb]?: number };

/** What a market begins with: prices and stock that leave odd fen and run out soon. */
export type Layout = {
  feeBasisPoints: number[];
  prices: number[];
  stock: number[];
  unitGrams: number[];
};

export type History = { layout: Layout; steps: Step[] };

export const LISTINGS = 4;
export const LOTS = 8;

const item = fc.record({
  listing: fc.nat(LISTINGS - 1),
  quantity: fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constant(90)),
});

const plain = (verb: Verb) =>
  fc.record({
    do: fc.constant(verb),
    // The newest things are the likeliest to have a way to go.
    of: fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, fc.nat(30)),
    how: fc.nat(11),
    much: fc.oneof(fc.nat(12), fc.nat(9_999)),
  });

const placing = fc.record({
  do: fc.constant("place" as const),
  of: fc.constant(0),
  how: fc.nat(11),
  much: fc.constant(0),
  items: fc.array(item, { minLength: 1, maxLength: 4 }),
});

const stepOf = (weights: Weights) =>
  fc.oneof(
    ...(Object.keys(weights) as Verb[]).map((verb) => ({
      weight: weights[verb] ?? 0,
      arbitrary: (verb === "place" ? placing : plain(verb)) as fc.Arbitrary<Step>,
    })),
  );

const layout: fc.Arbitrary<Layout> = fc.record({
  feeBasisPoints: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 2, maxLength: 2 }),
  prices: fc.array(fc.integer({ min: 90, max: 9_999 }), {
    minLength: LISTINGS,
    maxLength: LISTINGS,
  }),
  stock: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: LOTS, maxLength: LOTS }),
  unitGrams: fc.array(fc.integer({ min: 200, max: 5_000 }), {
    minLength: LISTINGS,
    maxLength: LISTINGS,
  }),
});

/** Any history of about so many steps; of some verbs alone where their weights are given. */
export const histories = (steps: number, weights: Weights = WEIGHTS): fc.Arbitrary<History> =>
  fc.record({
    layout,
    steps: fc.array(stepOf(weights), { minLength: steps >> 1, maxLength: steps, size: "max" }),
  });

/** The history of a seed: the same for ever, as long as this file is. */
export function historyOf(seed: number, steps: number): History {
  const [history] = fc.sample(histories(steps), { seed, numRuns: 1 });
  if (!history) throw new Error(`seed ${seed} makes no history`);
  return history;
}
