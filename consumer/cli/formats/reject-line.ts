import { isUtf8 } from 'node:buffer';
import type { Reject } from '../../records/outcome';

/** A reject as JSON on one line; bytes that are no UTF-8 stand in `rawBase64` instead of `raw`. */
function rejectJson({ outcome: _, raw, ...reject }: Reject): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const rawField = isUtf8(bytes) ? { raw: bytes.toString('utf8') } : { rawBase64: bytes.toString('base64') };
  return JSON.stringify({ ...reject, ...rawField });
}

/** A reject as one line of JSON, with its end. */
function rejectLine(reject: Reject): string {
  return `${rejectJson(reject)}\n`;
}

export { rejectJson, rejectLine };
