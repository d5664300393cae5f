/** As much of a page's element as the scripts ask for. */
export class Part {
  [property: string]: unknown;
  dataset: Record<string, string> = {};
  parts: Part[] = [];
  above?: Part;
  heard: Record<string, (event: object) => unknown> = {};
  constructor(properties: object = {}) {
    Object.assign(this, properties);
  }
  append(...parts: Part[]) {
    for (const part of parts) part.above = this;
    this.parts.push(...parts);
  }
  after(...parts: Part[]) {
    this.above?.append(...parts);
  }
  remove() {
    if (this.above) this.above.parts = this.above.parts.filter((one) => one !== this);
  }
  addEventListener(name: string, listener: (event: object) => unknown) {
    this.heard[name] = listener;
  }
  setAttribute() {}
  replaceChildren() {}
  querySelectorAll(selector: string): Part[] {
    const wanted = [...selector.matchAll(/\[(\w+)="?([\w-]+)"?\]/g)];
    const isIt = (part: Part) =>
      wanted.every(([, name = "", value]) => part[name] === value) &&
      (!selector.includes(":checked") || part.checked === true);
    return this.parts.flatMap((part) => [
      ...(isIt(part) ? [part] : []),
      ...part.querySelectorAll(selector),
    ]);
  }
  querySelector(selector: string) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
}
