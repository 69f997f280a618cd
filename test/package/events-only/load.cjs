// Runs in a project with only this package and zod, and checks that no other module is loaded.
const assert = require('node:assert/strict');
const { join, sep } = require('node:path');
const { readdirSync } = require('node:fs');
const { parseEvent } = require('ses-event-archive/events');

const mail = { timestamp: '2026-03-04T05:06:07.890Z', messageId: '0100-a' };
assert.equal(parseEvent({ eventType: 'Send', mail, send: {} }).eventType, 'Send');

const modules = join(__dirname, 'node_modules');
assert.deepEqual(readdirSync(modules).sort(), ['ses-event-archive', 'zod']);
const expectedFolders = [
  join(modules, 'ses-event-archive', 'dist', 'consumer', 'events'),
  join(modules, 'zod'),
];
const isExpected = (path) =>
  path === __filename || expectedFolders.some((folder) => path.startsWith(folder + sep));
const loaded = Object.keys(require.cache);
assert.ok(loaded.length > 2);
assert.deepEqual(
  loaded.filter((path) => !isExpected(path)),
  [],
);
