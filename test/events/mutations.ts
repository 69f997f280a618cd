import fc from 'fast-check';
import type { FixtureRecord } from '../fixtures/load';
import { copyOf, isContainer, type JsonContainer, setOwn } from './json-path';

/** One change to a JSON document. Numbers select an object or list and a key in it, modulo their count. */
type Mutation = { container: number; key: number } & (
  | { change: 'delete' }
  | { change: 'replace'; value: unknown }
  | { change: 'add'; name: string; value: unknown }
);

/** Every object and list of a document, from the top. */
function containersOf(value: unknown): JsonContainer[] {
  if (!isContainer(value)) return [];
  return [value, ...Object.values(value).flatMap(containersOf)];
}

function pick<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % items.length];
}

function change(document: FixtureRecord, mutation: Mutation): void {
  const container = pick(containersOf(document), mutation.container) ?? document;
  const key = pick(Object.keys(container), mutation.key);
  if (mutation.change === 'add') {
    if (Array.isArray(container)) container.push(copyOf(mutation.value));
    else setOwn(container, mutation.name, copyOf(mutation.value));
  } else if (key !== undefined) {
    if (mutation.change === 'replace') setOwn(container, key, copyOf(mutation.value));
    else if (Array.isArray(container)) container.splice(Number(key), 1);
    else delete container[key];
  }
}

/** The record after the mutations, as from JSON.parse. */
function mutated(record: FixtureRecord, mutations: readonly Mutation[]): unknown {
  const copy = copyOf(record);
  for (const mutation of mutations) change(copy, mutation);
  return copyOf(copy);
}

const jsonValue = fc.oneof(
  fc.constantFrom(null, true, 0, 1.5, '', 'text', [], {}, ['text'], { text: ['text'] }, [[]], [null]),
  fc.jsonValue(),
);

const keyName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'length', '0', ''),
  fc.constantFrom(
    'mail',
    'tags',
    'linkTags',
    'timestamp',
    'eventType',
    'notificationType',
    'bounce',
    'source',
  ),
  fc.string(),
);

const place = { container: fc.nat(), key: fc.nat() };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ ...place, change: fc.constant('delete' as const) }),
  fc.record({ ...place, change: fc.constant('replace' as const), value: jsonValue }),
  fc.record({ ...place, change: fc.constant('add' as const), name: keyName, value: jsonValue }),
);

export { mutated, mutation };
