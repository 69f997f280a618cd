import type { z } from 'zod';
import { type Check, compileCheck } from './compile-check';
import type { EventIssue } from './event-parse-error';
import { isJsonObject, type JsonObject } from './json-object';
import { schemaNode } from './schema-node';

/** What is wrong with a record. */
interface Issues {
  /**
   * zod's first issues, {@link mostIssues} of them at most; empty for a valid record. Keys of their paths are cut to
   * 200 characters.
   */
  issues: readonly EventIssue[];
  /** How many more there are at least: items of a long list count once, whatever they lack. */
  more: number;
}

/** The most issues that are told of one record. */
const mostIssues = 20;

/** Lists and maps with more items are cut to the invalid ones before zod sees them. */
const longList = 100;

/** A longer key of a path is cut: each issue repeats it. */
const longestKey = 200;

function shortened(key: string): string {
  return key.length > longestKey ? `${key.slice(0, longestKey)}…` : key;
}

const itemChecks = new WeakMap<z.ZodType, Check>();

function itemCheck(schema: z.ZodType): Check {
  const check = itemChecks.get(schema) ?? compileCheck(schema);
  itemChecks.set(schema, check);
  return check;
}

/** A record cut to the parts that matter to its first issues. */
class Condensed {
  /** Items that were cut although they are invalid. */
  hidden = 0;
  /** The original indexes of the items of lists that were cut. */
  private readonly indexes = new Map<unknown, readonly number[]>();
  private readonly value: unknown;

  constructor(schema: z.ZodType, value: unknown) {
    this.value = this.condense(schema, value);
  }

  /** The issues that zod finds, with their paths in the record as it was. */
  issues(schema: z.ZodType): EventIssue[] {
    const issues = schema.safeParse(this.value).error?.issues ?? [];
    return issues.map((issue) => ({ ...issue, path: this.originalPath(issue.path) }));
  }

  private condense(schema: z.ZodType, value: unknown): unknown {
    const node = schemaNode(schema);
    if (Array.isArray(value)) {
      const options = node.node === 'union' ? node.options.map(schemaNode) : [node];
      const list = options.find((option) => option.node === 'list');
      return list === undefined ? value : this.list(list.item, value);
    }
    if (!isJsonObject(value)) return value;
    if (node.node === 'map') return this.map(node.value, value);
    if (node.node !== 'object') return value;
    // Unknown fields are never wrong.
    const known = node.fields.filter(([key]) => key in value);
    return Object.fromEntries(known.map(([key, field]) => [key, this.condense(field, value[key])]));
  }

  private list(item: z.ZodType, list: readonly unknown[]): unknown[] {
    const kept = this.kept(item, list, [...list.keys()]);
    const condensed = kept.map((index) => this.condense(item, list[index]));
    this.indexes.set(condensed, kept);
    return condensed;
  }

  private map(item: z.ZodType, map: JsonObject): JsonObject {
    const kept = this.kept(item, map, Object.keys(map));
    return Object.fromEntries(kept.map((key) => [key, this.condense(item, map[key])]));
  }

  /** The keys of the items that zod is to see: all of a few, of many the first invalid ones. */
  private kept<Key extends PropertyKey>(item: z.ZodType, items: object, keys: Key[]): Key[] {
    if (keys.length <= longList) return keys;
    const isValid = itemCheck(item);
    const invalid = keys.filter((key) => !isValid(Reflect.get(items, key)));
    this.hidden += Math.max(invalid.length - mostIssues, 0);
    return invalid.slice(0, mostIssues);
  }

  private originalPath(path: readonly PropertyKey[]): PropertyKey[] {
    let node = this.value;
    return path.map((key) => {
      const original = this.indexes.get(node)?.[Number(key)] ?? key;
      node = isJsonObject(node) || Array.isArray(node) ? Reflect.get(node, key) : undefined;
      return typeof original === 'string' ? shortened(original) : original;
    });
  }
}

/**
 * Finds the first issues of a record and counts the rest.
 *
 * zod makes an issue for each invalid item: a record of 4 MiB with a million of them takes gigabytes. So zod is
 * given a copy without the valid items of long lists, and with the first invalid ones only.
 *
 * @example
 * ```ts
 * findIssues(BounceSchema, record); // { issues: [{ path: ['bounce', 'bouncedRecipients', 7, 'emailAddress'], … }], more: 0 }
 * ```
 */
function findIssues(schema: z.ZodType, record: unknown): Issues {
  const condensed = new Condensed(schema, record);
  const issues = condensed.issues(schema);
  return {
    issues: issues.slice(0, mostIssues),
    more: condensed.hidden + Math.max(issues.length - mostIssues, 0),
  };
}

export { findIssues, mostIssues };
