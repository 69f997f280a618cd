import type { OpenSource } from '../../../queries/answers/open-source';
import { type QueryResult, UnknownNameError } from '../../../queries/engines/engine';
import type { PlainValue } from '../../../queries/engines/plain-value';
import { redactedText } from '../../../texts/redacted-text';

/** Masks the addresses in a value, also in lists and objects. */
function redactedValue(value: PlainValue): PlainValue {
  if (typeof value === 'string') return redactedText(value);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  // The JSON form of a list or an object, which has these types only.
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? redactedText(part) : part,
  ) as PlainValue;
}

/** Masks the addresses in the names that the error suggests. */
function redactedError(error: unknown): unknown {
  return error instanceof UnknownNameError ? new UnknownNameError(redactedText(error.message)) : error;
}

async function* redactedRows(rows: QueryResult['rows']): QueryResult['rows'] {
  try {
    for await (const batch of rows) yield batch.map((row) => row.map(redactedValue));
  } catch (error) {
    throw redactedError(error);
  }
}

/** Returns a source whose answers have masked addresses. Steps of a trace are masked where they are shown. */
function redactedSource(source: OpenSource): OpenSource {
  return {
    ...source,
    async answer(request) {
      const result = await source.answer(request).catch((error: unknown) => {
        throw redactedError(error);
      });
      return { ...result, rows: redactedRows(result.rows) };
    },
    // These write bytes that cannot be masked.
    lines: () => Promise.resolve(undefined),
    writeFile: () => Promise.reject(new Error('a masked source cannot write files')),
  };
}

export { redactedSource };
