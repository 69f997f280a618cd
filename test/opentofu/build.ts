import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The lines to remove from files of OpenTofu. */
const removed: Readonly<Record<string, RegExp>> = {
  'internal/backend/init/init.go': /.*\bbackend(?:Azure|Consul|Cos|GCS|Kubernetes|OSS|Pg|S3)\b.*\n/g,
  'internal/encryption/default_registry.go':
    /.*keyprovider\/(?:aws_kms|azure_vault|gcp_kms|openbao)"\n|.*RegisterKeyProvider\((?:aws_kms|azure_vault|gcp_kms|openbao)\..*\n.*\n.*\n/g,
};

/** Returns the folder of OpenTofu's source in Go's cache of modules, which is read-only. */
function downloadSource(version: string): string {
  const module = `github.com/opentofu/opentofu@v${version}`;
  const printed = execFileSync('go', ['mod', 'download', '-json', module], {
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  const { Dir: source } = JSON.parse(printed) as { Dir: string }; // the output of Go
  return source;
}

/**
 * Builds OpenTofu with Go. `go install` refuses it, because its go.mod replaces a module.
 *
 * The result has no remote storage of states and no key services. No test uses them, and their clients take two thirds of
 * the time.
 *
 * @param target path of the result; it exists only when it is complete
 * @throws {Error} when Go cannot download or build it
 */
function buildOpenTofu(version: string, target: string): void {
  process.stderr.write(`building OpenTofu ${version} with Go, once; this takes several minutes\n`);
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-opentofu-'));
  try {
    const copy = join(folder, 'source');
    cpSync(downloadSource(version), copy, { recursive: true });
    execFileSync('chmod', ['-R', 'u+w', copy]);
    for (const [file, lines] of Object.entries(removed)) {
      const path = join(copy, file);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(lines, ''));
    }
    const binary = join(folder, 'tofu');
    execFileSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', binary, './cmd/tofu'], {
      cwd: copy,
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 2, 2],
    });
    mkdirSync(dirname(target), { recursive: true });
    const unfinished = `${target}.${process.pid}`;
    copyFileSync(binary, unfinished); // the folders can be on different disks
    renameSync(unfinished, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export { buildOpenTofu };
