import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { isJsonObject, jsonValue } from '../../events/json-object';
import type { IdChange, RecordChange } from './erased-bytes';
import type { Content } from './examine';
import { ErasureError } from './places/unerasable-error';

/** A version of an object. */
interface ManifestVersion extends Content {
  /** S3's ETag without quotes, or `sha256:` and the digest for a file. */
  etag: string;
  /** Absent in a bucket that does not keep versions, and for a file. */
  versionId?: string | undefined;
  /** Size, times and inode of a file. */
  fingerprint?: string | undefined;
}

/** The changes of the records of an object. */
interface RecordChanges {
  /** The offsets of the records in the decompressed object, their lengths and their new lengths, in bytes. */
  changes: readonly RecordChange[];
  /** The ids of their events before and after. Manifests of earlier versions lack them. */
  ids?: readonly IdChange[] | undefined;
}

/** A step of an erasure. It contains no personal data. */
type ManifestStep =
  | ({
      /** An object is about to be rewritten. If no `rewritten` follows, its digest shows whether it was. */
      step: 'rewriting';
      object: string;
      before: ManifestVersion;
      after: Content;
    } & RecordChanges)
  | ({
      /** An object was rewritten. */
      step: 'rewritten';
      object: string;
      before: ManifestVersion;
      after: ManifestVersion;
      /** The number of changed records. */
      records: number;
    } & RecordChanges)
  | {
      /**
       * A version that contained the person, or a delete marker, is about to be deleted, or was deleted. Without `deleted`, a
       * killed run can have deleted it.
       */
      step: 'deleting' | 'deleted';
      object: string;
      versionId: string;
      /** Absent for a delete marker. */
      content?:
        | (Content & { etag: string /** Number of records with the person. */; records: number })
        | undefined;
    };

const steps: ReadonlySet<unknown> = new Set(['rewriting', 'rewritten', 'deleting', 'deleted']);

/** The list of what was changed, for an auditor and for a run that completes an interrupted one. */
class Manifest {
  private readonly byObject = new Map<string, ManifestStep[]>();
  private file: number | undefined;

  /**
   * Reads the manifest of earlier runs. Does not create the file.
   * @throws {ErasureError} when it is not a manifest, or cannot be read
   */
  constructor(readonly path: string) {
    for (const [index, line] of this.lines().entries()) {
      const step = jsonValue(line);
      if (!isJsonObject(step) || !steps.has(step.step) || typeof step.object !== 'string') {
        throw new ErasureError(
          `line ${index + 1} of ${path} is not a step of a manifest: choose another file with --manifest`,
        );
      }
      this.remember(step as unknown as ManifestStep); // written by this class
    }
  }

  /** The steps of an object, in their order. */
  stepsOf(object: string): readonly ManifestStep[] {
    return this.byObject.get(object) ?? [];
  }

  /** The objects that were rewritten. */
  get rewritten(): string[] {
    const isRewritten = (list: ManifestStep[]) => list.some(({ step }) => step === 'rewritten');
    return [...this.byObject].filter(([, list]) => isRewritten(list)).map(([object]) => object);
  }

  /** The ids of the events in rewritten records, by their first ids. A record can be rewritten for several people. */
  get newIds(): ReadonlyMap<string, string> {
    const steps = [...this.byObject.values()].flat();
    const next = new Map(steps.flatMap((step) => (step.step === 'rewritten' ? (step.ids ?? []) : [])));
    const latest = (id: string): string => {
      const newId = next.get(id);
      return newId === undefined ? id : latest(newId);
    };
    return new Map([...next.keys()].map((id) => [id, latest(id)]));
  }

  /**
   * Adds a step, and waits until the disk has it.
   * @throws {ErasureError} when it cannot be written
   */
  add(step: ManifestStep): void {
    try {
      this.file ??= this.open();
      writeSync(this.file, `${JSON.stringify({ time: new Date().toISOString(), ...step })}\n`);
      fsyncSync(this.file);
    } catch (error) {
      throw this.failure('write', error);
    }
    this.remember(step);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** Opens the file for appending, without the line that a killed run did not complete. Its step is repeated. */
  private open(): number {
    const file = openSync(this.path, 'a+', 0o600);
    const content = readFileSync(this.path);
    const end = content.lastIndexOf('\n') + 1;
    if (end < content.length) ftruncateSync(file, end);
    return file;
  }

  private lines(): string[] {
    try {
      return existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n').slice(0, -1) : [];
    } catch (error) {
      throw this.failure('read', error);
    }
  }

  private remember(step: ManifestStep): void {
    const list = this.byObject.get(step.object) ?? [];
    list.push(step);
    this.byObject.set(step.object, list);
  }

  private failure(verb: string, error: unknown): ErasureError {
    const { code } = error as NodeJS.ErrnoException; // node:fs throws these errors
    return new ErasureError(
      `cannot ${verb} the manifest ${this.path}: ${code}; choose another file with --manifest`,
      {
        cause: error,
      },
    );
  }
}

export { Manifest, type ManifestStep, type ManifestVersion, type RecordChanges };
