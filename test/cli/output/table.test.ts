import type { Duplicate } from '../../../consumer/archive/rejects/duplicates';
import { answerTable } from '../../../consumer/cli/answers/answer-table';
import { listTable } from '../../../consumer/cli/formats/list-table';
import { duplicateList, rejectList } from '../../../consumer/cli/formats/reject-formats';
import { emptySummary } from '../../../consumer/cli/reading/summary';
import { summaryTables } from '../../../consumer/cli/reading/summary-table';
import type { Reject } from '../../../consumer/records/outcome';

/** Longer than a cell, and short enough to wrap. */
const long = 'x'.repeat(8_000);
const manyWords = 'word '.repeat(1_600);

const reject: Reject = {
  outcome: 'reject',
  object: long,
  offset: 0,
  length: 1,
  index: 0,
  envelopes: [],
  reason: 'not-json',
  message: long,
  issues: [],
  raw: new Uint8Array(),
};
const duplicate: Duplicate = {
  id: '0'.repeat(32),
  object: long,
  offset: 0,
  index: 0,
  kept: { object: long, offset: 0, index: 0 },
};

const prose = (text: string) =>
  answerTable({ columns: [{ name: 'n' }, { name: 'what', isProse: true }], isList: true }, [[1, text]]).text;

describe('a table', () => {
  it.each([
    [
      'a text of an answer',
      () => answerTable({ columns: [{ name: 'subject' }], isList: true }, [[long]]).text,
    ],
    [
      'a list of an answer',
      () => answerTable({ columns: [{ name: 'to' }], isList: true }, [[[long, long]]]).text,
    ],
    [
      'a text of the only row',
      () => answerTable({ columns: [{ name: 'a' }, { name: 'b' }] }, [[long, long]]).text,
    ],
    ['prose of one word', () => prose(long)],
    ['prose of many words', () => prose(manyWords)],
    ['prose of control characters', () => prose('\u001b'.repeat(8_000))],
    ['the name of a column', () => answerTable({ columns: [{ name: long }], isList: true }, [[1]]).text],
    ['the name of a column of the only row', () => answerTable({ columns: [{ name: long }] }, [[1]]).text],
    ['an object and a message of a reject', () => listTable(rejectList, [reject])],
    ['an object of a duplicate', () => listTable(duplicateList, [duplicate])],
    [
      'an unknown kind, and a reject, of a summary',
      () =>
        summaryTables(
          {
            ...emptySummary(),
            kinds: { [`Unknown: ${long}`]: 1 },
            rejects: { 'not-json': { count: 1, example: reject } },
          },
          {},
        ),
    ],
  ])('shows the beginning of %s, with an ellipsis', (_, draw) => {
    const table = draw();
    expect(table).toContain('…');
    expect(table).toMatch(/x{40}|word word|\\u001b\\u001b/);
    expect(table.replaceAll(/[ ─]/g, '').length).toBeLessThan(16_000);
  });

  it('shows a text that fits completely', () => {
    const text = 'the answer of a server, '.repeat(40).trim();
    const shown = prose(text).replaceAll(/[│\s]/g, '');
    expect(shown).toContain(text.replaceAll(' ', ''));
  });

  it('never splits a character', () => {
    const table = prose('😀'.repeat(4_000));
    expect(table).toContain('😀');
    expect(table).not.toMatch(/\p{Surrogate}/u);
  });
});
