import type { PlainValue } from '../plain-value';

const timestamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?: (UTC)| ?([+-]\d\d:\d\d))?$/;

/** A time as Athena writes it; one in a named zone stays text, as the zone's offset is not said. */
function timeValue(text: string): PlainValue {
  const [matched, day, clock, , offset = 'Z'] = timestamp.exec(text) ?? [];
  const time = new Date(`${day}T${clock}${offset}`);
  return matched === undefined || Number.isNaN(time.getTime()) ? text : time;
}

/** A list's items as text: Athena writes `[a, b]` without quotes, so an item with `, ` in it becomes two. */
function listValue(text: string): PlainValue {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  return text === '[]' ? [] : text.slice(1, -1).split(', ');
}

function integerValue(text: string): PlainValue {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/**
 * A value of a result, which is text for all types, made plain as the values of the other engine are: an
 * integer is a number, or text where a number would round it; a timestamp a Date, a day `2026-03-01`, bytes
 * base64, an array a list of texts. A row or map stays as Athena writes it.
 *
 * @param text undefined for NULL
 * @param type the column's type as Athena calls it
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Datum.html
 */
function athenaValue(text: string | undefined, type: string): PlainValue {
  if (text === undefined) return null;
  switch (type) {
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return integerValue(text);
    case 'float':
    case 'real':
    case 'double':
    case 'decimal':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'timestamp':
    case 'timestamp with time zone':
      return timeValue(text);
    case 'array':
      return listValue(text);
    case 'varbinary':
      return Buffer.from(text.replaceAll(/\s/g, ''), 'hex').toString('base64');
    default:
      return text;
  }
}

export { athenaValue };
