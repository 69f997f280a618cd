import { setTimeout as sleep } from 'node:timers/promises';
import { ArchiveHeldError } from '../../../../consumer/archive/store/archive-error';
import { AbandonedError, TooManyRequestsError, Turns } from '../../../../consumer/report/server/data/turns';

const never = () => new Promise<never>(() => {});

describe('turns', () => {
  it.each([1, 3])('are taken in their order, %i at a time', async (atATime) => {
    const turns = new Turns({ atATime, maxWaiting: 100 });
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const work = (index: number) => async () => {
      started.push(index);
      most = Math.max(most, ++running);
      await sleep(2);
      running--;
      return index;
    };
    const indexes = Array.from({ length: 20 }, (_, index) => index);
    expect(await Promise.all(indexes.map((index) => turns.take(work(index))))).toEqual(indexes);
    expect(started).toEqual(indexes);
    expect(most).toBe(atATime);
  });

  it('are refused when too many wait', async () => {
    const turns = new Turns({ atATime: 1, maxWaiting: 2 });
    for (let index = 0; index < 3; index++) void turns.take(never);
    await expect(turns.take(never)).rejects.toThrow(TooManyRequestsError);
  });

  it('are skipped when nobody waits for the result', async () => {
    const turns = new Turns({ atATime: 1, maxWaiting: 10 });
    let skipped = 0;
    const first = turns.take(() => sleep(5, 'first'));
    const abandoned = turns.take(
      async () => skipped++,
      () => true,
    );
    const last = turns.take(async () => 'last');
    await expect(abandoned).rejects.toThrow(AbandonedError);
    expect(await Promise.all([first, last])).toEqual(['first', 'last']);
    expect(skipped).toBe(0);
  });

  it('all fail when another process has the archive open, and only the own one otherwise', async () => {
    const turns = new Turns({ atATime: 1, maxWaiting: 10 });
    const held = new ArchiveHeldError('in use', '1');
    const failing = turns.take(async () => {
      await sleep(1);
      throw held;
    });
    const waiting = [turns.take(never), turns.take(never)];
    const results = await Promise.allSettled([failing, ...waiting]);
    expect(results).toEqual(Array.from({ length: 3 }, () => ({ status: 'rejected', reason: held })));
    const other = turns.take(() => Promise.reject(new Error('other')));
    const good = turns.take(async () => 'good');
    await expect(other).rejects.toThrow('other');
    expect(await good).toBe('good');
  });

  it('leave the archive free for a moment after a second of work', async () => {
    const turns = new Turns({ atATime: 1, maxWaiting: 1_000 });
    const gaps: number[] = [];
    let ended = performance.now();
    const work = async () => {
      gaps.push(performance.now() - ended);
      await sleep(20);
      ended = performance.now();
    };
    await Promise.all(Array.from({ length: 80 }, () => turns.take(work)));
    expect(gaps.filter((gap) => gap >= 95)).not.toHaveLength(0);
    expect(gaps.filter((gap) => gap >= 95).length).toBeLessThan(4);
  });
});
