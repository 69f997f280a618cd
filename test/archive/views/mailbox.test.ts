import { sendText } from '../../cli/records';
import { ScratchFolder } from '../../cli/scratch-folder';
import { AskedArchive } from '../../queries/asked-archive';

const scratch = new ScratchFolder();

/** Senders in records, with their name and address. */
const sources: readonly [source: string, name: string | null, address: string][] = [
  ['news@shop.example', null, 'news@shop.example'],
  ['<News@Shop.Example>', null, 'news@shop.example'],
  ['Shop <news@shop.example>', 'Shop', 'news@shop.example'],
  ['  The Shop   <news@shop.example>  ', 'The Shop', 'news@shop.example'],
  ['"Shop, Inc." <news@shop.example>', 'Shop, Inc.', 'news@shop.example'],
  ['Say "hi" <news@shop.example>', 'Say "hi"', 'news@shop.example'],
  ['"a <b@c.example>" <news@shop.example>', 'a <b@c.example>', 'news@shop.example'],
  ['=?UTF-8?B?R3LDvG4=?= <news@shop.example>', '=?UTF-8?B?R3LDvG4=?=', 'news@shop.example'],
  ['two\nlines <news@shop.example>', 'two\nlines', 'news@shop.example'],
  ['<>', null, '<>'],
  ['no end <news@shop.example', null, 'no end <news@shop.example'],
  ['no start news@shop.example>', null, 'no start news@shop.example>'],
  ['Shop <a>b>', null, 'shop <a>b>'],
  ['Shop <news@shop.example> (office)', null, 'shop <news@shop.example> (office)'],
  ['', null, ''],
];

const lines = sources.map(([source], index) =>
  sendText(String(index), { source, destination: ['a@b.example'] }),
);
const archive = new AskedArchive(
  scratch.write('a', `${[...lines, sendText('none', { destination: ['a@b.example'] })].join('\n')}\n`),
);

describe.each(['recipients', 'messages'])('the sender in %s', (view) => {
  it('has the name and the address of the record', async () => {
    const rows = await archive.rows(`SELECT source, source_name, source_address FROM ${view}`);
    const found = new Map(rows.map((row) => [row.source, [row.source_name, row.source_address]]));
    for (const [source, name, address] of sources)
      expect([source, found.get(source)]).toEqual([source, [name, address]]);
    expect(found.get(null)).toEqual([null, null]);
  });
});
