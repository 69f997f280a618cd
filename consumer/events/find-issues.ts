import type { z } from 'zod';
import { type Check, compileCheck } from './compile-check';
import type { EventIssue } from './event-parse-error';
import { isJsonObject, type JsonObject } from './json-object';
import { schemaNode } from './schema-node';

/** The issues of a record. */
interface Issues {
  /**
   * The first issues of zod, up to {@link maxIssues}. Empty for a valid record. Keys in their paths are cut
   * to 200 characters.
   */
  issues: readonly EventIssue[];
  /**
   * Minimum number of further issues. Each item of a long list counts once, whatever the number of its
   * issues.
   */
  more: number;
}

/** Maximum number of reported issues per record. */
const maxIssues = 20;

/** Longer lists and maps are cut to their invalid items before zod parses them. */
const longList = 100;

/** Longer keys in a path are cut, because each issue repeats them. */
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

/** A record, cut to the parts that are necessary for its first issues. */
class Condensed {
  /** Number of invalid items that were cut. */
  hidden = 0;
  /** The original indexes of the items in lists that were cut. */
  private readonly indexes = new Map<unknown, readonly number[]>();
  private readonly value: unknown;

  constructor(schema: z.ZodType, value: unknown) {
    this.value = this.condense(schema, value);
  }

  /** Returns the issues that zod finds, with their paths in the original record. */
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
    // Unknown fields are never invalid.
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

  /**
   * Returns the keys of the items for zod: all keys of a short list, the first invalid ones of a long list.
   */
  private kept<Key extends PropertyKey>(item: z.ZodType, items: object, keys: Key[]): Key[] {
    if (keys.length <= longList) return keys;
    const isValid = itemCheck(item);
    const invalid = keys.filter((key) => !isValid(Reflect.get(items, key)));
    this.hidden += Math.max(invalid.length - maxIssues, 0);
    return invalid.slice(0, maxIssues);
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
 * For each invalid item, zod creates an issue, so a record of 4 MiB with a million of them requires
 * gigabytes. The function therefore passes a copy to zod: its long lists contain the first invalid items
 * only.
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
    issues: issues.slice(0, maxIssues),
    more: condensed.hidden + Math.max(issues.length - maxIssues, 0),
  };
}

export { findIssues, maxIssues };
