import { randomBytes } from "node:crypto";
import type { Dispute, PaymentGateway } from "#app/gateways/payments.ts";

type BankPage = {
  id: string;
  orderId: string;
  fen: number;
  status: "open" | "complete" | "expired";
  isProcessing: boolean;
  payment: { id: string; fen: number; currency: string; paidAt: Date } | null;
  givenFen: number;
};

type BankDispute = {
  id: string;
  page: BankPage;
  status: "needs_response" | "won" | "lost";
  fen: number;
  movements: { id: string; fen: number; feeFen: number; movedAt: Date }[];
};

/** `not-now`: Stripe cannot at the moment. `lost`: it is done, and the answer never comes. */
export type RefundAnswer = "succeeded" | "pending" | "refused" | "not-now" | "lost";
type BankRefund = {
  id: string;
  page: BankPage;
  fen: number;
  status: RefundState;
  /** The id that the market wrote into it; null when somebody made it by hand. */
  ours: string | null;
  createdAt: Date;
  failedAt: Date | null;
};
type Answered = Awaited<ReturnType<PaymentGateway["refund"]>>;
type RefundState = "succeeded" | "pending" | "failed";

/** Stripe as a few lists in memory: answers at once, and does what the history tells it to. */
export function openBank(now: () => Date) {
  const pages: BankPage[] = [];
  const paid: BankPage[] = [];
  const keys = new Map<string, BankPage>();
  const answers = new Map<string, Answered>();
  const refunds: BankRefund[] = [];
  const disputes: BankDispute[] = [];
  let made = 0;
  const tag = randomBytes(6).toString("hex");
  const newId = (kind: string) => `${kind}_${tag}${++made}`;
  let seconds = 0;
  /** Nothing of this happens in the same second. */
  const nextSecond = () => new Date(Date.UTC(2026, 0, 1, 0, 0, ++seconds));
  let nextRefund: RefundAnswer = "succeeded";

  const openPage = (orderId: string, fen: number) => {
    const page: BankPage = {
      id: newId("cs"),
      orderId,
      fen,
      status: "open",
      isProcessing: false,
      payment: null,
      givenFen: 0,
    };
    pages.push(page);
    return page;
  };
  const byId = (id: string) => pages.find((page) => page.id === id);
  const byPayment = (id: string) => pages.find((page) => page.payment?.id === id);

  const shown = ({ id, fen, status, createdAt, failedAt }: BankRefund) => {
    const failure = status === "failed" ? "declined" : null;
    return { id, fen, status, failure, balanceTransactionId: null, createdAt, failedAt };
  };
  const disputed = ({ id, page, status, fen, movements }: BankDispute): Dispute => {
    const currency = page.payment?.currency ?? "cny";
    return {
      ...{ id, status, fen, currency, reason: "general", dueAt: null, orderId: page.orderId },
      movements: movements.map((line) => ({ ...line, currency })),
      chargeId: `ch_${page.payment?.id}`,
      paymentIntentId: page.payment?.id ?? null,
    };
  };
  /**
   * Why Stripe gives nothing of it back, by whomever it is asked: a charge stays disputed until the
   * bank has decided for us, and of no other more goes back than is left (create-refund.ts of the sandbox).
   */
  const whyNot = (page: BankPage, fen: number): string | null => {
    if (disputes.some((each) => each.page === page && each.status !== "won")) {
      return "charge_disputed";
    }
    const rest = (page.payment?.fen ?? 0) - page.givenFen;
    return fen > rest ? "charge_already_refunded" : null;
  };
  const giveBack = (page: BankPage, fen: number, status: RefundState, ours: string | null) => {
    const times = { createdAt: nextSecond(), failedAt: null };
    const refund: BankRefund = { id: newId("re"), page, fen, status, ours, ...times };
    refunds.push(refund);
    page.givenFen += fen;
    return refund;
  };
  const answerRefund = (asked: Parameters<PaymentGateway["refund"]>[0]): Answered => {
    const page = byPayment(asked.paymentIntentId);
    if (!page?.payment) throw new Error(`no payment ${asked.paymentIntentId} to refund`);
    const refused = { ok: false, reason: "refund-refused" } as const;
    if (nextRefund === "refused") return { ...refused, code: "charge_already_refunded" };
    const code = whyNot(page, asked.fen);
    if (code !== null) return { ...refused, code };
    if (nextRefund === "not-now") return { ...refused, code: "balance_insufficient" };
    const status = nextRefund === "pending" ? "pending" : "succeeded";
    const ours = asked.metadata.refund_id ?? null;
    return { ok: true, refund: shown(giveBack(page, asked.fen, status, ours)) };
  };

  const gateway = {
    async createCheckout(order) {
      const fen = order.lines.reduce((sum, line) => sum + line.unitFen * line.quantity, 0);
      const page = keys.get(order.idempotencyKey) ?? openPage(order.orderId, fen);
      keys.set(order.idempotencyKey, page);
      return { ok: true, checkout: { id: page.id, url: `https://bank.example/${page.id}` } };
    },
    async retrieveCheckout(id) {
      const page = byId(id);
      if (!page) return { ok: false, reason: "unknown-checkout" };
      const { payment } = page;
      return {
        ok: true,
        checkout: {
          id,
          status: page.status,
          url: null,
          orderId: page.orderId,
          expiresAt: now(),
          isProcessing: page.isProcessing,
          isDeclined: false,
          payment: payment && {
            fen: payment.fen,
            currency: payment.currency,
            paymentIntentId: payment.id,
            chargeId: `ch_${payment.id}`,
            balanceTransactionId: `txn_${payment.id}`,
            paidAt: payment.paidAt,
          },
        },
      };
    },
    async expireCheckout(id) {
      const page = byId(id);
      if (!page) return { ok: false, reason: "unknown-checkout" };
      if (page.status !== "open") return { ok: false, reason: "not-open" };
      page.status = "expired";
      return { ok: true };
    },
    async refund(asked) {
      const answer = answers.get(asked.idempotencyKey) ?? answerRefund(asked);
      // By the time somebody asks again, the key is a day old and forgotten.
      if (answer.ok && nextRefund === "lost") return { ok: false, reason: "payments-unavailable" };
      answers.set(asked.idempotencyKey, answer);
      return answer;
    },
    async listRefunds({ paymentIntentId }) {
      const page = byPayment(paymentIntentId);
      const given = refunds
        .filter((each) => each.page === page)
        .map((each) => ({ ...shown(each), ourRefundId: each.ours }));
      return { ok: true, refunds: given };
    },
    async retrieveCharge(id) {
      const page = byPayment(id.replace("ch_", ""));
      if (!page?.payment) return { ok: false, reason: "payments-unavailable" };
      const { payment, orderId } = page;
      const given = refunds
        .filter((each) => each.page === page)
        .map((each) => ({ ...shown(each), ourRefundId: each.ours }));
      const known = { id, orderId, paymentIntentId: payment.id, paid: payment };
      return { ok: true, charge: { ...known, refunds: given } };
    },
    async retrieveRefund(id) {
      const refund = refunds.find((each) => each.id === id);
      if (!refund) return { ok: false, reason: "payments-unavailable" };
      return { ok: true, refund: shown(refund), chargeId: null };
    },
    async retrieveDispute(id) {
      const dispute = disputes.find((each) => each.id === id);
      return dispute
        ? { ok: true, dispute: disputed(dispute) }
        : { ok: false, reason: "payments-unavailable" };
    },
    async listDisputes(chargeId) {
      const page = byPayment(chargeId.replace("ch_", ""));
      return { ok: true, disputes: disputes.filter((each) => each.page === page).map(disputed) };
    },
  } as Partial<PaymentGateway> as PaymentGateway;

  return {
    gateway,
    openPage,
    pageAt: (index: number) => pages[index] as BankPage,
    paymentPlace: (id: string) => paid.findIndex((page) => page.payment?.id === id),
    paidPage: (index: number) => paid[index] as BankPage,
    /** Pages in the order in which they were opened. */
    pageIds: () => pages.map((page) => page.id),
    pay(page: BankPage, fen: number, currency: string) {
      page.status = "complete";
      page.isProcessing = false;
      page.payment = { id: newId("pi"), fen, currency, paidAt: now() };
      paid.push(page);
    },
    answerNextRefund(answer: RefundAnswer) {
      nextRefund = answer;
    },
    /** Somebody gives money back in Stripe's dashboard. */
    giveBackByHand(page: BankPage, fen: number) {
      const code = whyNot(page, fen);
      if (code !== null) throw new Error(`Stripe does not give ${fen} back by hand: ${code}`);
      return giveBack(page, fen, "succeeded", null);
    },
    /** Whether something of it may be given back by hand. */
    isOpenByHand: (page: BankPage) => whyNot(page, 1) === null,
    isByHand: (index: number) => refunds[index]?.ours === null,
    /** Refunds in the order in which they were made. */
    turnRefund(index: number, status: RefundState) {
      const refund = refunds[index];
      if (!refund) throw new Error(`Stripe knows no refund ${index}`);
      if (status === "failed" && refund.status !== "failed") {
        refund.page.givenFen -= refund.fen;
        refund.failedAt = nextSecond();
      }
      refund.status = status;
    },
    dispute(page: BankPage, fen: number, feeFen: number) {
      const movement = { id: newId("txn"), fen: -fen, feeFen, movedAt: now() };
      const id = newId("dp");
      disputes.push({ id, page, status: "needs_response", fen, movements: [movement] });
      return id;
    },
    disputeStatus: (id: string) => disputes.find((each) => each.id === id)?.status,
    /** Decides, or decides anew: what has been won was given back, and is taken again. */
    decide(id: string, status: "needs_response" | "won" | "lost") {
      const dispute = disputes.find((each) => each.id === id);
      if (!dispute) throw new Error(`Stripe knows no dispute ${id}`);
      const fee = dispute.movements[0]?.feeFen ?? 0;
      const turn = Number(dispute.status === "won") - Number(status === "won");
      dispute.status = status;
      if (turn === 0) return;
      const moved = { fen: -turn * dispute.fen, feeFen: turn * fee };
      dispute.movements.push({ id: newId("txn"), ...moved, movedAt: now() });
    },
  };
}
export type Bank = ReturnType<typeof openBank>;
