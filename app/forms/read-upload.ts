import { splitMultipart } from "./split-multipart.ts";

/** Where the bytes of files wait while the rest of the form is read. */
type Room = {
  append(bytes: Uint8Array): Promise<boolean>;
  length(): number;
  cut(length: number): void;
  read(from: number, length: number): Promise<Uint8Array>;
};
export type UploadLimits = { fileBytes: number; allFilesBytes: number };

/** A file that a form brought. `number` is its place among the chosen ones, from 1. */
export type SentFile = { number: number; name: string } & (
  | { isHere: true; read(): Promise<Uint8Array> }
  | { isHere: false; reason: "too-large" | "too-many" | "no-room" }
);
/** `form` holds the texts only. */
export type Upload = { form: FormData; files: SentFile[] };

const MAX_TEXT_BYTES = 64 * 1024; // more than any field may have, so that it is still told as too long
const MAX_TEXTS = 200;
const MAX_FILES = 50;
const NAME_CHARACTERS = 80;

/**
 * Reads a form that may bring files: they go to the room on the disk, never into memory. Of a file
 * beyond a limit nothing is kept, and reading goes on, so that every text is had and each file is
 * told by its name what was wrong with it. Null when the body is no form or did not come whole.
 */
export async function readUpload(
  request: Request,
  room: Room,
  limits: UploadLimits,
): Promise<Upload | null> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    const form = await request.formData().catch(() => null);
    return form && { form, files: [] };
  }
  const boundary = /;\s*boundary="?([^\s";]{1,70})"?/i.exec(type)?.[1];
  if (!boundary || !request.body) return null;
  try {
    return await collect(splitMultipart(request.body, boundary), room, limits);
  } catch {
    return null;
  }
}

async function collect(
  events: ReturnType<typeof splitMultipart>,
  room: Room,
  limits: UploadLimits,
): Promise<Upload> {
  const form = new FormData();
  const files: SentFile[] = [];
  let part: Part = nothing;
  for await (const event of events) {
    if (event.kind === "bytes") await part.take(event.bytes);
    else if (event.kind === "end") part.end();
    else if (event.filename !== null) {
      part = filePart(event.filename, files, room, limits);
    } else {
      const { name } = event;
      const isOneTooMany = [...form.keys()].length >= MAX_TEXTS;
      part = isOneTooMany ? nothing : textPart((text) => form.append(name, text));
    }
  }
  return { form, files };
}

type Part = { take(bytes: Uint8Array): void | Promise<void>; end(): void };
const nothing: Part = { take() {}, end() {} };

function textPart(done: (text: string) => void): Part {
  const pieces: Uint8Array[] = [];
  let length = 0;
  return {
    take(bytes) {
      const piece = bytes.subarray(0, MAX_TEXT_BYTES - length);
      length += piece.byteLength;
      if (piece.byteLength > 0) pieces.push(piece);
    },
    end: () => done(Buffer.concat(pieces).toString("utf8")),
  };
}

function filePart(filename: string, files: SentFile[], room: Room, limits: UploadLimits): Part {
  const from = room.length();
  let length = 0;
  let reason: "too-large" | "too-many" | "no-room" | null = null;
  const refuse = (why: NonNullable<typeof reason>) => {
    reason = why;
    room.cut(from);
  };
  return {
    async take(bytes) {
      length += bytes.byteLength;
      if (reason === "too-large") return;
      if (length > limits.fileBytes) return refuse("too-large");
      if (reason) return;
      if (from + length > limits.allFilesBytes || files.length >= MAX_FILES)
        return refuse("too-many");
      if (!(await room.append(bytes))) refuse("no-room");
    },
    end() {
      // An empty file input sends a file without name or content.
      if (filename === "" && length === 0) return;
      if (files.length >= 2 * MAX_FILES) return;
      const file = { number: files.length + 1, name: filename.slice(0, NAME_CHARACTERS) };
      if (reason) files.push({ ...file, isHere: false, reason });
      else files.push({ ...file, isHere: true, read: () => room.read(from, length) });
    },
  };
}
