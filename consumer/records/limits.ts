/**
 * Limits for the length and depth of one record, and for the stored bytes of a reject.
 * @default 4 MiB, 512 levels, 64 KiB
 */
interface RecordLimits {
  /**
   * Maximum length of a record, in bytes. A longer one is rejected.
   * @default 4194304 (4 MiB: a Firehose error record contains up to 1,024,000 bytes in base64)
   */
  maxRecordBytes: number;
  /**
   * Maximum depth of a record. A deeper one is rejected.
   * @default 512
   */
  maxDepth: number;
  /**
   * Maximum number of bytes of a reject that are kept. The length of a reject is always the full one.
   * @default 65536 (64 KiB) for an oversized or unreadable record; others are kept in full
   */
  maxKeptBytes: number;
}

const defaultLimits: RecordLimits = {
  maxRecordBytes: 4 * 1024 * 1024,
  maxDepth: 512,
  maxKeptBytes: 64 * 1024,
};

/**
 * No limits, for records that were within their limits when they were read. Erasing a person can make them
 * longer.
 */
const noLimits: RecordLimits = { maxRecordBytes: 2 ** 30, maxDepth: 2 ** 30, maxKeptBytes: 2 ** 30 };

/** Returns the limits, with defaults for absent and undefined ones. */
function resolveLimits({
  maxRecordBytes = defaultLimits.maxRecordBytes,
  maxDepth = defaultLimits.maxDepth,
  maxKeptBytes = defaultLimits.maxKeptBytes,
}: Partial<RecordLimits> = {}): RecordLimits {
  return { maxRecordBytes, maxDepth, maxKeptBytes };
}

/** Checks whether a parsed JSON value has at most `limit` levels of objects and arrays. */
function isWithinDepth(value: object, limit: number): boolean {
  if (limit === 0) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (!isChildWithin(value[i], limit)) return false;
    }
    return true;
  }
  for (const key in value) {
    // Only reads keys that for-in has enumerated.
    if (!isChildWithin((value as Record<string, unknown>)[key], limit)) return false;
  }
  return true;
}

function isChildWithin(child: unknown, limit: number): boolean {
  return typeof child !== 'object' || child === null || isWithinDepth(child, limit - 1);
}

export { defaultLimits, isWithinDepth, noLimits, type RecordLimits, resolveLimits };
