import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../command-call';
import { hasTerminals } from '../run-on-terminal';

/** A completion of the last word of a call. */
interface Match {
  name: string;
  /** Undefined where the shell shows none. */
  description?: string | undefined;
}

/** A call up to the cursor, with the script to complete it. */
interface Typed {
  script: string;
  calls: readonly string[];
  /** Current folder of the shell. */
  folder: string;
}

/** Completes each call in a real shell. */
type CompleteCalls = (typed: Typed) => Promise<Match[][]>;

/** Milliseconds after which a shell is ended. */
const longest = 60_000;

const shellEnvironment = (script: string, more: NodeJS.ProcessEnv = {}) =>
  environment({ LC_ALL: 'C.UTF-8', TERM: 'xterm', COMPLETION_SCRIPT: script, ...more });

/** Returns the output of a shell. */
function output(command: string, args: readonly string[], { script, folder }: Typed): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: folder,
    timeout: longest,
    env: shellEnvironment(script, { HOME: folder }),
  });
  if (status !== 0 || stderr !== '') throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}

/** Returns the different matches in order, without the option of `--option=value` and the slash of a folder. */
function sorted(matches: readonly Match[], call: string): Match[] {
  const [option = ''] = /(?<= )--[\w-]+=(?=\S*$)/.exec(call) ?? [];
  const found = new Map<string, Match>();
  for (const match of matches) {
    const name = match.name.startsWith(option) ? match.name.slice(option.length) : match.name;
    const plain = name.replace(/\/$/, '');
    found.set(plain, { ...match, name: plain });
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Types each call in a bash on a terminal, inserts all completions, and runs it. */
const completeInBash: CompleteCalls = async ({ script, calls, folder }) => {
  const own = mkdtempSync(join(tmpdir(), 'ses-events-bash-'));
  const file = join(own, 'calls');
  const rc = join(__dirname, 'bash-shell.bash');
  const child = spawn(
    'script',
    ['--quiet', '--command', `bash --noprofile --rcfile '${rc}' -i`, '/dev/null'],
    {
      cwd: folder,
      env: shellEnvironment(script, { COMPLETED_CALLS: file, INPUTRC: '/dev/null' }),
      timeout: longest,
    },
  );
  const waiting = [...calls];
  let shown = '';
  child.stdout.on('data', (chunk) => {
    shown += chunk;
    if (!shown.includes('is ready')) return;
    shown = '';
    const next = waiting.shift();
    // Alt-* is insert-completions.
    child.stdin.write(next === undefined ? 'exit\n' : `${next}\u001b*\n`);
  });
  await once(child, 'close');
  const completed = readFileSync(file, 'utf8').split('\n\n').slice(0, -1);
  rmSync(own, { recursive: true });
  return calls.map((call, index) => {
    const typed = call.split(' ').slice(1);
    const words = completed[index]?.split('\n').slice(typed.length - 1) ?? [];
    // bash leaves the last word unchanged where nothing completes it
    const isUnchanged = words.length === 1 && words[0] === typed.at(-1);
    return sorted(isUnchanged ? [] : words.map((name) => ({ name })), call);
  });
};

const completeInZsh: CompleteCalls = async (typed) => {
  const text = output('zsh', ['-f', join(__dirname, 'zsh-complete.zsh'), ...typed.calls], typed);
  const parts = text.split('end of matches');
  return typed.calls.map((call, index) => {
    const lines = parts[index]?.split(/\r?\n/).filter((line) => line.startsWith('match\t')) ?? [];
    const matches = lines.map((line): Match => {
      const [, quoted = '', shown = ''] = line.split('\t');
      const name = quoted.replaceAll(/\\(.)/g, '$1');
      const [, description] = /^\S+ +-- (.*)$/.exec(shown) ?? [];
      return { name, description };
    });
    return sorted(matches, call);
  });
};

const completeInFish: CompleteCalls = async (typed) => {
  const program = 'source $COMPLETION_SCRIPT; for call in $argv; complete -C $call; echo end; end';
  const text = output('fish', ['--no-config', '-c', program, ...typed.calls], typed);
  const parts = text.split(/^end$/m);
  return typed.calls.map((call, index) => {
    const lines = parts[index]?.split('\n').filter((line) => line !== '') ?? [];
    const matches = lines.map((line): Match => {
      const [name = '', description] = line.split('\t');
      return { name, description };
    });
    return sorted(matches, call);
  });
};

/** Every shell with a script, and how the tests complete calls in it. */
const shells = { bash: completeInBash, zsh: completeInZsh, fish: completeInFish } as const;

type ShellName = keyof typeof shells;

const shellNames = Object.keys(shells) as ShellName[]; // Object.keys loses the key type

/**
 * A `describe` for tests in a shell. Without the shell they are skipped with a message, or fail with REQUIRE_SHELLS=1.
 */
function describeInShell(shell: ShellName, tests: (complete: CompleteCalls) => void): void {
  const hasShell = spawnSync(shell, ['--version']).status === 0 && (shell !== 'bash' || hasTerminals);
  if (hasShell) {
    describe(`in ${shell}`, () => tests(shells[shell]));
  } else if (process.env.REQUIRE_SHELLS === '1') {
    it(`finds ${shell}`, () => {
      throw new Error(`REQUIRE_SHELLS=1, but there is no ${shell}`);
    });
  } else {
    process.stderr.write(`skipped, there is no ${shell}: the completion in ${shell}\n`);
    describe.skip(`in ${shell}`, () => tests(shells[shell]));
  }
}

export { describeInShell, type Match, shellNames };
