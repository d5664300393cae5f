import type {
  BuyerScope,
  CoopScope,
  HouseholdScope,
  OfficerScope,
  OperatorScope,
} from "#app/domain/scopes.ts";
import type { MadeHousehold } from "./people.ts";

// Only the guards may prove a scope; a test says who is asking and is believed.

type Fields<Scope> = { [Key in keyof Scope as Key extends string ? Key : never]: Scope[Key] };

export const householdScope = (fields: Fields<HouseholdScope>) => fields as HouseholdScope;
/** Somebody of this household. */
export const scopeOf = ({ id, cooperativeId }: MadeHousehold) =>
  householdScope({ userId: `user-of-${id}`, householdId: id, cooperativeId });
export const coopScope = (fields: Fields<CoopScope>) => fields as CoopScope;
/** Somebody else of the same cooperative, who may approve what the first has prepared. */
export const colleagueOf = ({ userId, cooperativeId }: CoopScope) =>
  coopScope({ userId: `${userId}-colleague`, cooperativeId });
export const officerScope = (fields: Fields<OfficerScope>) => fields as OfficerScope;
export const operatorScope = (fields: Fields<OperatorScope>) => fields as OperatorScope;
export const buyerScope = (fields: Fields<BuyerScope>) => fields as BuyerScope;
