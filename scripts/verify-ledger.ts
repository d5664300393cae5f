import { parseArgs } from "node:util";
import { type Difference, verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import { createDb, createPool } from "#db/client.ts";
import { readRunning } from "./start/running.ts";

// npm run verify-ledger                    recomputes every seal from the rows; exit code 1 on any change
// npm run verify-ledger -- --root HEX…     also asks that roots kept elsewhere are still in the chain

const CYCLE_FAULTS: Record<Extract<Difference, { kind: "cycle-differs" }>["fault"], string> = {
  "another-cooperative": "it says a cycle that is not there, or another cooperative's",
  "not-open": "it says a cycle that was not open when it was ordered",
  "called-off": "it says a cycle that had been called off when it was ordered",
  "not-offered": "it says a cycle that does not sell what was ordered",
  "ships-otherwise": "it is sent from another day on than its cycle ships",
  "not-its-part": "a part of it says another cycle than what it is a part of or replaces",
  "not-said": "it says no cycle, and was ordered while one sold what was ordered",
};

function inWords(difference: Difference): string {
  switch (difference.kind) {
    case "unbalanced":
      return `transaction ${difference.transactionId} does not sum to zero`;
    case "transactions-changed":
      return `seal ${difference.sealSeq}: a transaction it covers was changed`;
    case "transaction-count":
      return `seal ${difference.sealSeq}: it covers ${difference.sealed} transactions, the ledger now has ${difference.found === difference.sealed + 1 ? "more" : difference.found}`;
    case "seal-changed":
      return `seal ${difference.sealSeq}: the seal itself was changed`;
    case "chain-broken":
      return `seal ${difference.sealSeq}: it does not follow the seal before it`;
    case "seal-out-of-place":
      return `seal ${difference.sealSeq}: it does not begin where the one before ended`;
    case "seal-missing":
      return `seal ${difference.sealSeq}: it was made, and is gone or has another root`;
    case "transaction-before-seals":
      return `${difference.found} transactions stand before the first number of the ledger`;
    case "posting-misplaced":
      return `transaction ${difference.transactionId}: a posting carries another number than it`;
    case "snapshot-wrong":
      return `account ${difference.account}: what was kept of it${difference.month ? ` for ${difference.month.slice(0, 7)}` : ""} through number ${difference.throughSeq} is not what its postings add up to`;
    case "unposted":
      return `${difference.what} ${difference.id}: it took place, and the ledger has nothing of it`;
    case "sale-differs":
      return `order ${difference.orderId}: its sale gives the households and cooperatives something else than the order says, or the order's parts do not come to it`;
    case "sale-unpaid":
      return `order ${difference.orderId}: the ledger has its sale, and it is not paid, or then, or no payment of it is there`;
    case "order-differs":
      return `order ${difference.orderId}: its state is not what its payment and its parcels say`;
    case "payment-differs":
      return `payment ${difference.paymentId}: the ledger took in another amount, or at another time, or its state is not what became of it`;
    case "unmatched-differs":
      return `payment ${difference.unmatchedId}, of no order: the ledger took in or gave back something else than it says, or an order has it too`;
    case "refund-differs":
      return `refund ${difference.refundId}: the ledger gave back something else than it says, or it stands otherwise than the ledger`;
    case "dispute-differs":
      return `dispute ${difference.disputeId}: the ledger has another amount of it, or holds another for lost than its state says, or has it on another account`;
    case "shares-differ":
      return `order ${difference.orderId}: its fee or a household's share is not what the line comes to, or its goods are of another listing, cooperative or price`;
    case "left-differs":
      return `order ${difference.orderId}: an account gave back more of it than it had`;
    case "split-differs":
      return `refund ${difference.refundId}: it does not take from the fee and the households what is theirs of the line`;
    case "given-differs":
      return `payment ${difference.paymentId}: its refunds are more than may be given, or out of the wrong account, or said to be given by hand and were not`;
    case "payout-beyond":
      return `payout ${difference.payoutId}: it is more than its account had, or by a cooperative that the household did not sell through`;
    case "called-off-differs":
      return `order ${difference.orderId}: of what was called off the ledger keeps for the buyer, or took for a bank's verdict, something else than there was`;
    case "promise-differs":
      return `refund ${difference.refundId}: it failed, and the ledger keeps something else of it for the buyer than it was to give, or more was given in its stead`;
    case "claim-differs":
      return `claim ${difference.claimId}: its refund is not what it says, or the cooperative bears something else for it than its fault says`;
    case "shortage-differs":
      return `parcel ${difference.parcelId}: what is said to be short in it is not what was given back for it, or nobody noted it`;
    case "weight-differs":
      return `parcel ${difference.parcelId}: what was given back for its weight is not what the weighings come to, or nobody noted it`;
    case "parts-differ":
      return `parcel ${difference.parcelId}: it is not what was split, or carries a freight that is another's, or nobody noted it`;
    case "cycle-differs":
      return `order ${difference.orderId}: ${CYCLE_FAULTS[difference.fault]}`;
    case "cycle-window-differs":
      return `cycle ${difference.cycleId}: one of its listings is sold at another time than it, or is another cooperative's`;
    case "reserve-differs":
      return `cooperative ${difference.cooperativeId}: its reserve for claims holds, bears or says something else than the ledger called for`;
    case "payout-differs":
      return `payout ${difference.payoutId}: the ledger has another amount or another household`;
    case "run-differs":
      return `payout run ${difference.runId}: it is not its payouts together, or says otherwise whether they were paid`;
    case "unexplained":
      return `transaction ${difference.transactionId}: nothing that the market has on record caused it`;
    case "account-foreign":
      return `transaction ${difference.transactionId}: it moves money on an account that has no part in what it is`;
    case "line-differs":
      return `transaction ${difference.transactionId}: it is not the line of Stripe's balance that it was posted of`;
    case "made-up-differs":
      return `transaction ${difference.transactionId}: it moves something else than the seed's payment or refund says`;
    case "substitute-differs":
      return `substitution ${difference.substitutionId}: something else was done than it says, or than its buyer said yes to`;
    case "stock-differs":
      return `lot ${difference.lotId}: what is held and sold of it is not what the orders have`;
    case "reversal-differs":
      return `transaction ${difference.transactionId}: it is not the opposite of what it reverses`;
    case "posting-undone":
      return `transaction ${difference.transactionId}: it gives an account something and takes it again`;
    case "stamp-differs":
      return `transaction ${difference.transactionId}: it says to be written later than now or than its seal, or long before the seal before it, or a posting of it at another moment`;
    case "seal-stamp-differs":
      return `seal ${difference.sealSeq}: it says to be made later than now, or before the seal that it follows`;
    case "unsealed-too-long":
      return `${difference.found} transactions are older than an hour and not sealed: the worker does not run, or seals were taken away`;
    case "owner-differs":
      return `relief account ${difference.reliefCode}: it is not the household's whose goods and payouts it has`;
    case "kept-root-unknown":
      return `no seal has the root ${difference.root} any more`;
  }
}

const address = process.env.DATABASE_URL || readRunning().DATABASE_URL;
if (!address) {
  console.error("No database to read: set DATABASE_URL, or run this while `npm start` is up.");
  process.exit(1);
}
const db = createDb(createPool(address, 2));
try {
  const { values } = parseArgs({ options: { root: { type: "string", multiple: true } } });
  const verified = await verifyLedger(db, values.root);
  for (const difference of verified.differences) console.log(`✗ ${inWords(difference)}`);
  const { seals, sealedTransactions, unsealedTransactions, newestRoot } = verified;
  console.log(
    `${sealedTransactions} transactions in ${seals} seals, ${unsealedTransactions} newer`,
  );
  if (newestRoot) console.log(`newest root, to be kept elsewhere: ${newestRoot}`);
  const count = verified.differences.length;
  if (count > 0) process.exitCode = 1;
  console.log(count === 0 ? "✓ the ledger is as it was sealed" : `✗ ${count} differences`);
} catch (error) {
  console.error(`Verifying stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await db.destroy();
}
