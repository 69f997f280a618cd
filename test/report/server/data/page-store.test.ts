import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedPageSource, PageData } from '../../../../consumer/report/server/data/open-page-source';
import { PageStore, type PageWriter } from '../../../../consumer/report/server/data/page-store';
import { Turns } from '../../../../consumer/report/server/data/turns';

/** Data without an archive: its state is a text, and it counts how often it is opened and closed. */
class CountedData implements PageData {
  current = 'first';
  opened = 0;
  closed = 0;

  state(): string {
    return this.current;
  }

  async open(): Promise<OpenedPageSource> {
    this.opened++;
    const close = () => void this.closed++;
    return { close } as OpenedPageSource; // the pages of these tests use nothing else
  }
}

/** A writer whose page has two parts, the second after some time. */
function writer(text: string, more: Partial<PageWriter> = {}): PageWriter {
  return {
    make: () => ({ title: text, parts: [] }),
    async *write(_page, _source, state) {
      yield `${text} of ${state}`;
      await sleep(5);
      yield '.';
    },
    failure: (error) => `failed: ${error}`,
    ...more,
  };
}

/** Returns the signal of a request that is not aborted. */
const going = () => new AbortController().signal;

function prepare() {
  const data = new CountedData();
  const store = new PageStore(data, new Turns({ atATime: 1, maxWaiting: 100 }));
  const get = async (address: string, written = writer(address), signal = going()) => {
    const { text } = await store.get(address, written, signal);
    const parts: string[] = [];
    for await (const part of text.read()) parts.push(part);
    return parts.join('');
  };
  return { data, get };
}

describe('the store of pages', () => {
  it('makes a page once for all requests at the same time, and for later ones', async () => {
    const { data, get } = prepare();
    const pages = await Promise.all(Array.from({ length: 100 }, () => get('/a')));
    expect(new Set(pages)).toEqual(new Set(['/a of first.']));
    expect(await get('/a')).toBe('/a of first.');
    expect(data.opened).toBe(1);
    expect(data.closed).toBe(1);
  });

  it('makes another page for another address, and for another state of the data', async () => {
    const { data, get } = prepare();
    expect([await get('/a'), await get('/b')]).toEqual(['/a of first.', '/b of first.']);
    data.current = 'second';
    expect([await get('/a'), await get('/b')]).toEqual(['/a of second.', '/b of second.']);
    expect([data.opened, data.closed]).toEqual([4, 4]);
  });

  it('sends the first part before the page is complete', async () => {
    const { data } = prepare();
    const store = new PageStore(data, new Turns({ atATime: 1, maxWaiting: 1 }));
    const endless = writer('/a', {
      async *write() {
        yield 'first';
        await new Promise(() => {});
      },
    });
    const { text } = await store.get('/a', endless, going());
    expect((await text.read().next()).value).toBe('first');
  });

  it('does not keep a page that fails, before or after its first part', async () => {
    const { data, get } = prepare();
    const fail = () => {
      throw new Error('no');
    };
    await expect(get('/a', writer('/a', { make: fail }))).rejects.toThrow('no');
    const late = writer('/a', {
      async *write() {
        yield 'begun, ';
        fail();
      },
    });
    expect(await get('/a', late)).toBe('begun, failed: Error: no');
    expect(await get('/a')).toBe('/a of first.');
    expect([data.opened, data.closed]).toEqual([3, 3]);
  });

  it('does not make a page whose requests were all aborted', async () => {
    const { data, get } = prepare();
    const first = get('/a');
    const abort = new AbortController();
    const abandoned = get('/b', writer('/b'), abort.signal);
    abort.abort();
    await first;
    await expect(abandoned).rejects.toThrow('nobody waits');
    expect(data.opened).toBe(1);
    expect(await get('/b')).toBe('/b of first.');
  });

  it('keeps at most 16 Mi characters, the newest pages', async () => {
    const { data, get } = prepare();
    const long = 'x'.repeat(4 * 1024 * 1024);
    const addresses = ['/1', '/2', '/3', '/4', '/5'];
    for (const address of addresses) await get(address, writer(long));
    await get('/5');
    expect(data.opened).toBe(5);
    await get('/1');
    expect(data.opened).toBe(6);
  });
});
