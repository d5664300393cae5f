import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type Event = {
  type: string;
  data: { object: { id: string; object: string; payment_intent?: string | { id: string } | null } };
};

/** The bodies of the events of one payment, as Stripe sent them. */
export type Mail = { completed: string; others: string[] };

const intentOf = ({ data }: Event) => {
  const { id, object, payment_intent: intent } = data.object;
  if (object === "payment_intent") return id;
  return (typeof intent === "string" ? intent : intent?.id) ?? "";
};

/**
 * Takes in what the sandbox sends and keeps it back, so that the chaos itself can deliver it: how
 * often, in which order and when.
 */
export async function openInbox() {
  const sessions = new Map<string, Mail>();
  const byIntent = new Map<string, string[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const event = JSON.parse(body) as Event;
      const others = byIntent.get(intentOf(event)) ?? [];
      byIntent.set(intentOf(event), others);
      if (event.type === "checkout.session.completed") {
        sessions.set(event.data.object.id, { completed: body, others });
      } else others.push(body);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    /** Waits until Stripe has told of the payment; its other events came by then or soon will. */
    async mailOf(session: string): Promise<Mail> {
      for (let tries = 0; tries < 1_000; tries++) {
        const mail = sessions.get(session);
        if (mail) return mail;
        await sleep(10);
      }
      throw new Error(`no webhook came for ${session}`);
    },
    forget(session: string) {
      sessions.delete(session);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
