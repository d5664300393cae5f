import { createHash, createHmac } from "node:crypto";
import { Agent, createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { z } from "zod";

export const TENCENT = {
  secretId: "AKIDtest",
  secretKey: "secret-of-the-test",
  appId: "1400006666",
};

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

/**
 * The signature that a request must carry, made as Tencent's documentation says (signature v3),
 * without a line of its SDK. https://cloud.tencent.com/document/api/382/52072
 */
function signatureOf(request: IncomingMessage, body: string): string {
  const { headers } = request;
  const timestamp = String(headers["x-tc-timestamp"]);
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const host = String(headers.host).replace(/:\d+$/, "");
  const canonical = [
    ...["POST", "/", "", `content-type:${headers["content-type"]}`, `host:${host}`, ""],
    ...["content-type;host", hash(body)],
  ].join("\n");
  const scope = `${date}/sms/tc3_request`;
  const toSign = ["TC3-HMAC-SHA256", timestamp, scope, hash(canonical)].join("\n");
  const signing = hmac(hmac(hmac(`TC3${TENCENT.secretKey}`, date), "sms"), "tc3_request");
  const signature = hmac(signing, toSign).toString("hex");
  return `TC3-HMAC-SHA256 Credential=${TENCENT.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

/** Exactly what SendSms takes; a field more or less is refused. */
const SendSms = z.strictObject({
  PhoneNumberSet: z.array(z.string().regex(/^\+\d{8,15}$/)).length(1),
  SmsSdkAppId: z.literal(TENCENT.appId),
  SignName: z.literal("田集"),
  TemplateId: z.string().regex(/^\d+$/),
  TemplateParamSet: z.array(z.string().min(1)),
  SessionContext: z.string().max(511).optional(),
});
export type TencentSent = z.output<typeof SendSms>;

/** Stands in for sms.tencentcloudapi.com: checks signature, time, headers and body strictly. */
export async function startTencent() {
  const sent: TencentSent[] = [];
  const next: { code: string; isOfMessage: boolean }[] = [];
  const judge = (request: IncomingMessage, body: string): object => {
    const error = (Code: string) => ({ Error: { Code, Message: Code }, RequestId: "r" });
    const { headers } = request;
    if (headers["x-tc-action"] !== "SendSms") return error("InvalidAction");
    if (headers["x-tc-version"] !== "2021-01-11") return error("NoSuchVersion");
    if (headers["x-tc-region"] !== "ap-guangzhou") return error("UnsupportedRegion");
    if (Math.abs(Date.now() / 1000 - Number(headers["x-tc-timestamp"])) > 300) {
      return error("AuthFailure.SignatureExpire");
    }
    if (headers.authorization !== signatureOf(request, body)) {
      return error("AuthFailure.SignatureFailure");
    }
    const parsed = SendSms.safeParse(JSON.parse(body));
    if (!parsed.success) return error("InvalidParameter");
    const answer = next.shift();
    if (answer && !answer.isOfMessage) return error(answer.code);
    if (!answer) sent.push(parsed.data);
    const status = {
      ...{ SerialNo: answer ? "" : `2028:${sent.length}`, Code: answer?.code ?? "Ok", Fee: 1 },
      ...{ PhoneNumber: parsed.data.PhoneNumberSet[0], Message: "", IsoCode: "CN" },
      SessionContext: parsed.data.SessionContext,
    };
    return { SendStatusSet: [status], RequestId: "r" };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const Response = judge(request, Buffer.concat(chunks).toString());
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ Response }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // The name is part of what is signed, so it stays Tencent's: only the way there is ours.
  const agent = new Agent();
  Object.assign(agent, { createConnection: () => connect(port, "127.0.0.1") });
  return {
    sent,
    /** The next request is refused: as a whole, or its one message. */
    refuse: (code: string, isOfMessage = true) => next.push({ code, isOfMessage }),
    standIn: { endpoint: "sms.tencentcloudapi.com", agent },
    close() {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
