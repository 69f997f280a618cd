const assert = require('node:assert/strict');
const { parseRecord, readEvents } = require('ses-event-archive');
const { safeParseEvent } = require('ses-event-archive/events');

async function main() {
  const reader = readEvents('two-lines.ndjson');
  const kinds = [];
  for await (const { event } of reader) kinds.push(event.eventType);
  assert.deepEqual(kinds, ['Bounce']);
  assert.equal(reader.counts.events, 1);
  assert.equal(reader.counts.rejects, 1);
  assert.equal(parseRecord('{}')[0].outcome, 'reject');
  assert.equal(safeParseEvent({}).success, false);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
