import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Random } from '../../../consumer/sample/seed/random';
import { run, startCommand } from '../../cli/run-process';
import { address, send } from '../objects/person';
import { ending, until } from './faulty-archive';
import { scaled, seeds } from './scale';

const others = ['a@o.example', 'b@o.example'];
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The text of an object, with the person in every fifth record. */
function text(index: number, person: string): string {
  const line = (at: number) =>
    send(`${index}-${at}`, at % 5 === 0 ? [...others, person] : others, { n: 1.5, é: 'x'.repeat(at) });
  return Array.from({ length: 300 }, (_, at) => `${line(at)}\n`).join('');
}

/** A folder of objects with the person, and the files beside it. */
class Delivered {
  readonly path = mkdtempSync(join(tmpdir(), 'ses-events-erased-'));
  readonly objects = join(this.path, 'objects');
  readonly count = scaled(20, 60);
  private readonly args: string[];

  constructor() {
    folders.push(this.path);
    mkdirSync(this.objects);
    for (let index = 0; index < this.count; index++)
      writeFileSync(join(this.objects, `${index}.gz`), gzipSync(text(index, address)));
    this.args = ['forget', address, '--objects', this.objects, '--manifest', join(this.path, 'erasure')];
  }

  start() {
    const child = startCommand(this.args, { cwd: this.path });
    child.stdin.end();
    child.stdout.resume();
    child.stderr.resume();
    return child;
  }

  run() {
    return run(this.args, { cwd: this.path });
  }

  /** The texts of the objects; hidden files are not objects. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, index) =>
      gunzipSync(readFileSync(join(this.objects, `${index}.gz`))).toString(),
    );
  }

  /** The steps of the manifest that are complete. */
  steps(): string[] {
    const lines = readFileSync(join(this.path, 'erasure'), 'utf8').split('\n');
    return lines.map((line) => JSON.parse(line || '{}').step);
  }

  /** Runs to the end, and checks all objects. */
  async expectCompletion(history: unknown): Promise<void> {
    const { code, stdout, stderr } = await this.run();
    expect({ history, code, stderr }).toMatchObject({ history, code: 0 });
    const { pseudonym } = JSON.parse(stdout).objects;
    const expected = Array.from({ length: this.count }, (_, index) => text(index, pseudonym));
    const wrong = this.texts().flatMap((found, index) => (found === expected[index] ? [] : [index]));
    expect({ history, wrong, files: readdirSync(this.objects).length }).toEqual({
      history,
      wrong: [],
      files: this.count,
    });
    expect(this.steps().filter((step) => step === 'rewritten')).toHaveLength(this.count);
    expect(readdirSync(this.path).sort()).toEqual(['erasure', 'erasure.salt', 'objects']);
  }
}

describe('a killed forget --objects (kill -9)', () => {
  it('leaves complete objects at any moment, and is completed by the next run', async () => {
    const whole = new Delivered();
    const started = performance.now();
    await whole.expectCompletion('undisturbed');
    const duration = performance.now() - started;
    for (const seed of seeds) {
      const random = new Random(seed, 0);
      const delivered = new Delivered();
      const before = delivered.texts();
      const kills: number[] = [];
      for (let round = 0; round < scaled(4, 8); round++) {
        const child = delivered.start();
        const after = Math.round(duration * (0.3 + 0.7 * random.fraction()));
        kills.push(after);
        await Promise.race([setTimeout(after), ending(child)]);
        child.kill('SIGKILL');
        if ((await ending(child)) !== 'SIGKILL') break;
        const lines = delivered.texts().map((found) => found.split('\n').length);
        expect({ seed, kills, lines }).toEqual({
          seed,
          kills,
          lines: before.map((found) => found.split('\n').length),
        });
      }
      await delivered.expectCompletion({ seed, kills });
    }
  });
});

describe('Ctrl-C', () => {
  it('ends forget --objects after the object, and the next run completes it', async () => {
    const delivered = new Delivered();
    const child = delivered.start();
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const hasBegun = () => {
      try {
        return delivered.steps().length > 2;
      } catch {
        return false; // there is no manifest yet
      }
    };
    expect(await until(child, hasBegun)).toBe('so');
    child.kill('SIGINT');
    expect(await ending(child)).toBe(130);
    expect(told).toMatch(
      /\nrewrote \d+ objects? .*\nstopped: run the same command again to complete the erasure\n$/,
    );
    const steps = delivered.steps();
    expect(steps.filter((step) => step === 'rewriting').length).toBeLessThan(delivered.count);
    await delivered.expectCompletion('after Ctrl-C');
  });
});
