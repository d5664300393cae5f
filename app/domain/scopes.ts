declare const proven: unique symbol;

/** A scope is proof that the caller's rights were checked; only account/guards.ts makes one. */
type Scope<Kind extends string, Fields> = Readonly<Fields> & { readonly [proven]: Kind };

/** A member of one farming household. */
export type HouseholdScope = Scope<
  "household",
  { userId: string; householdId: string; cooperativeId: string }
>;

/** A manager of one cooperative. */
export type CoopScope = Scope<"coop", { userId: string; cooperativeId: string }>;

/** A relief officer of one county: sees households whose region code starts with `regionCode`. */
export type OfficerScope = Scope<"officer", { userId: string; regionCode: string }>;

/** Who keeps the market running; sees totals and states, never a household's private facts. */
export type OperatorScope = Scope<"operator", { userId: string }>;

/** Whoever buys: a signed-in user, or this browser alone by its unguessable visitor id. */
export type BuyerScope = Scope<"buyer", { userId: string | null; visitorId: string }>;
