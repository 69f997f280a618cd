import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildOpenTofu } from './build';

/** The version that is built where no OpenTofu is installed. */
const version = '1.12.6';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ses-event-archive');
const built = join(cache, `opentofu-${version}`);

const runs = (command: string) => spawnSync(command, ['version']).status === 0;

/** Returns the command: that of TOFU, an installed one, or one that was built earlier. */
function findOpenTofu(): string | undefined {
  return process.env.TOFU ?? ['tofu', built].find(runs);
}

/** The reason why OpenTofu cannot run here, if there is one. */
function missingOpenTofu(): string | undefined {
  if (findOpenTofu() !== undefined || runs('go')) return undefined;
  return 'there is no OpenTofu (tofu), and no Go to build it: install one of them, or set TOFU';
}

/**
 * Returns the command. Builds it if necessary.
 * @throws {Error} when Go cannot download or build it
 */
function openTofu(): string {
  const found = findOpenTofu();
  if (found !== undefined) return found;
  buildOpenTofu(version, built);
  return built;
}

export { missingOpenTofu, openTofu };
