import assert from 'node:assert/strict';
import { parseRecord, readEvents } from 'ses-event-archive';
import { eventKinds, safeParseEvent } from 'ses-event-archive/events';

const reader = readEvents('two-lines.ndjson');
const kinds = [];
for await (const { event } of reader) kinds.push(event.eventType);
assert.deepEqual(kinds, ['Bounce']);
assert.equal(reader.counts.events, 1);
assert.equal(reader.counts.rejects, 1);
assert.equal(parseRecord('{}')[0].outcome, 'reject');
assert.equal(safeParseEvent({}).success, false);
assert.ok(eventKinds.includes('Rendering Failure'));
