/** Keeps what was used last, of at most so many bytes in all; what alone is more is not kept. */
export function boundedMap<Value extends { bytes: number }>(mostBytes: number) {
  // A Map keeps the order in which keys came: the first is the one that was not used for longest.
  const kept = new Map<string, Value>();
  let bytes = 0;
  let newest: string | undefined;

  function drop(key: string): void {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    get(key: string): Value | undefined {
      const value = kept.get(key);
      if (value === undefined || key === newest) return value;
      newest = key;
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key: string, value: Value): void {
      drop(key);
      if (value.bytes > mostBytes) return;
      kept.set(key, value);
      newest = key;
      bytes += value.bytes;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) return;
        drop(oldest);
      }
    },
    dropWhere(isOld: (value: Value) => boolean): void {
      for (const [key, value] of kept) if (isOld(value)) drop(key);
    },
    bytes: () => bytes,
  };
}
