import { readAnswers } from "./read-answers.ts";
import { readPain002 } from "./read-pain-002.ts";

/**
 * Reads a bank's answers in whichever form they came: a table (read-answers.ts) or ISO 20022's status
 * report (read-pain-002.ts). No table of a bank's begins as every document does. Fails as these do.
 */
export const readAnswerFile = (text: string) =>
  text.trimStart().startsWith("<") ? readPain002(text) : readAnswers(text);
