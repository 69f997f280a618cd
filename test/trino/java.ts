import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The usual folders of Java installations. */
const installations = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/java'];

function candidates(): string[] {
  const homes = [
    ...(process.env.JAVA_HOME === undefined ? [] : [process.env.JAVA_HOME]),
    ...installations
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  ];
  return [...homes.flatMap((home) => [join(home, 'bin/java'), join(home, 'Contents/Home/bin/java')])].filter(
    (java) => existsSync(java),
  );
}

function majorVersion(java: string): number {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

/** Returns a Java of at least this version, from JAVA_HOME or the usual folders. */
function findJava(version: number): string | undefined {
  return candidates().find((java) => majorVersion(java) >= version);
}

export { findJava };
