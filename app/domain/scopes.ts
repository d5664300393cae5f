declare const proven: unique symbol;

/**
 * A scope is proof that the caller's rights were checked. Only account/guards.ts makes one, and of
 * a manager's the one in which she sells for a household: domain/consents/read-household.ts, and of a
 * buyer's the one of a line that she ordered: domain/orders/find-own-line.ts; of an officer's the one of
 * a cooperative whose record she reads: domain/audit/watched-cooperatives.ts.
 */
type Scope<Kind extends string, Fields> = Readonly<Fields> & { readonly [proven]: Kind };

/** A member of one farming household. */
export type HouseholdScope = Scope<
  "household",
  { userId: string; householdId: string; cooperativeId: string }
>;

/** Somebody who works for one cooperative, and has there the right that was asked for. */
export type CoopScope = Scope<"coop", { userId: string; cooperativeId: string }>;

/** A manager who sells for one household of her own cooperative, and does nothing else for it. */
export type OnBehalfScope = Scope<
  "on-behalf",
  { userId: string; householdId: string; cooperativeId: string; isOnBehalf: true }
>;

/** Whoever offers what a household has grown. */
export type SellerScope = HouseholdScope | OnBehalfScope;

/** A relief officer of one county: sees households whose region code starts with `regionCode`. */
export type OfficerScope = Scope<"officer", { userId: string; regionCode: string }>;

/**
 * One cooperative of an officer's county, as she reads what its people did. Only
 * domain/audit/watched-cooperatives.ts makes one.
 */
export type WatchScope = Scope<
  "watch",
  { userId: string; cooperativeId: string; regionCode: string }
>;

/** Who keeps the market running; sees totals and states, never a household's private facts. */
export type OperatorScope = Scope<"operator", { userId: string }>;

/** Whoever buys: a signed-in user, or this browser alone by its unguessable visitor id. */
export type BuyerScope = Scope<"buyer", { userId: string | null; visitorId: string }>;

/** Whoever bought, for one line of an order of hers. */
export type OwnLineScope = Scope<"own-line", { userId: string | null; orderLineId: string }>;
