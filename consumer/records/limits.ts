/** Bounds on what one record may take; all have defaults. */
interface RecordLimits {
  /**
   * The longest record, in bytes; a longer one is a reject.
   * @default 4194304 (4 MiB: a Firehose error record holds 1,024,000 bytes in base64, with room to spare)
   */
  maxRecordBytes: number;
  /**
   * How deep a record may nest; a deeper one is a reject.
   * @default 512
   */
  maxDepth: number;
  /**
   * How many bytes of a reject are kept; its length is always the full one.
   * @default 65536 (64 KiB) for an oversized or unreadable record; others are kept whole
   */
  maxKeptBytes: number;
}

const defaultLimits: RecordLimits = {
  maxRecordBytes: 4 * 1024 * 1024,
  maxDepth: 512,
  maxKeptBytes: 64 * 1024,
};

/** No bounds, for records that were within theirs when they were read: without a person they may be longer. */
const noLimits: RecordLimits = { maxRecordBytes: 2 ** 30, maxDepth: 2 ** 30, maxKeptBytes: 2 ** 30 };

/** The limits with the defaults in place of those that are absent or undefined. */
function resolveLimits({
  maxRecordBytes = defaultLimits.maxRecordBytes,
  maxDepth = defaultLimits.maxDepth,
  maxKeptBytes = defaultLimits.maxKeptBytes,
}: Partial<RecordLimits> = {}): RecordLimits {
  return { maxRecordBytes, maxDepth, maxKeptBytes };
}

/** Whether a parsed JSON value nests no deeper than `limit` objects and arrays. */
function isWithinDepth(value: object, limit: number): boolean {
  if (limit === 0) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (!isChildWithin(value[i], limit)) return false;
    }
    return true;
  }
  for (const key in value) {
    // Only keys that for-in has just named are read.
    if (!isChildWithin((value as Record<string, unknown>)[key], limit)) return false;
  }
  return true;
}

function isChildWithin(child: unknown, limit: number): boolean {
  return typeof child !== 'object' || child === null || isWithinDepth(child, limit - 1);
}

export { defaultLimits, isWithinDepth, noLimits, type RecordLimits, resolveLimits };
