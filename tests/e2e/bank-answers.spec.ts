import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import { currentWalk } from "./walk.ts";

test("the bookkeeper sends the bank's answers in: she sees what each line does, records it once, and a wrong file is told beside its field", async ({
  page,
}) => {
  await become(page, currentWalk().bookkeeper);
  // A run that has been approved: the seed has one of each cooperative.
  let run = "";
  for (const [path] of (await html(page, "/coop/payouts")).matchAll(
    /\/coop\/payouts\/[0-9a-f]{8}-[0-9a-f-]{27}/g,
  )) {
    if ((await html(page, path)).includes("/bounce")) run = path;
  }
  expect(run).not.toBe("");
  const file = await (await page.request.get(`${run}/bank-file.csv`)).text();
  const [head = "", ...rows] = file.slice(1).trimEnd().split("\r\n");
  // Of the first whose bank has said nothing yet one is paid and one comes back.
  const items = await page.request.get(run).then((answer) => answer.text());
  const open = rows.filter((row) => {
    const code = /[A-Z]{2}-\d{6}/.exec(row)?.[0] ?? "-";
    const item = items.split("<tr").find((each) => each.includes(code)) ?? "";
    return /已交银行|With the bank/.test(item);
  });
  const [paid = "", back = ""] = open;
  expect(back).not.toBe("");
  const answers = [
    `${head},状态,原因`,
    `${paid},成功,`,
    `${back},退回,户名不符`,
    `1,,,,1.00,,JS20200101-ABCDEF LS-000001,成功,`,
  ];

  // The whole run could be taken back: asked for without a reason, the form says what it lacks.
  await page.goto(run);
  await page.locator(`main a[href="${run}/reversal"]`).click();
  await expectAccessible(page);
  await page.locator('main form[method="post"] button').click();
  await expect(page.locator("#field-reason-error")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/coop/payouts");
  await page.locator('main a[href="/coop/payouts/answers"]').first().click();
  await expectAccessible(page);
  const send = async (buffer: Buffer) => {
    const csv = { name: "answers.csv", mimeType: "text/csv", buffer };
    await page.locator('main input[type="file"]').setInputFiles(csv);
    await page.locator('main form[enctype="multipart/form-data"] button').click();
  };
  await send(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]));
  await expect(page.locator("#field-file-error")).toBeVisible();
  await expectAccessible(page);
  await send(Buffer.from(answers.join("\r\n")));
  await expect(page).toHaveURL(/\/coop\/payouts\/answers\/[0-9a-f-]{36}$/);
  await expectAccessible(page);
  await expect(page.locator("main .badge.tone-red")).toHaveCount(1);
  await expect(page.locator("main .badge.tone-leaf")).toHaveCount(2);
  await page.locator('main form[method="post"] button').click();
  await expect(page.getByRole("status")).toBeVisible();
  await expect(page.locator('main form[method="post"]')).toHaveCount(0);

  // The same by a status report: what it says of the whole run is shown of each item.
  const number = /JS\d{8}-[0-9A-F]{6}/.exec(paid)?.[0] ?? "";
  const namespace = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10";
  const report = `<Document xmlns="${namespace}"><CstmrPmtStsRpt><OrgnlGrpInfAndSts>
    <OrgnlMsgId>${number}</OrgnlMsgId><GrpSts>ACSP</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`;
  await page.goto("/coop/payouts/answers");
  await send(Buffer.from(`<!DOCTYPE x>${report}`));
  await expect(page.locator("#field-file-error")).toBeVisible();
  await send(Buffer.from(report));
  await expect(page.locator("main")).toContainText("ACSP");
  await expectAccessible(page);
  await expect(page.locator('main form[method="post"]')).toHaveCount(0);

  await page.goto(run);
  const codeOf = (row: string) => /[A-Z]{2}-\d{6}/.exec(row)?.[0] ?? "";
  const item = (row: string) => page.locator("main tr", { hasText: codeOf(row) });
  await expect(item(paid)).toContainText(/银行已付|Paid by the bank/);
  await expect(item(back)).toContainText(/户名不符|Name does not match/);
});
