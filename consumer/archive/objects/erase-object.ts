import { rm } from 'node:fs/promises';
import type { Tombstones } from '../store/tombstones';
import { type Examined, examine, writeErased } from './examine';
import type { Manifest, ManifestStep, ManifestVersion, RecordChanges } from './manifest';
import type { StoredObject, StoredVersion } from './places/stored-object';
import { UnerasableError } from './places/unerasable-error';

/** An object that contained the person. */
interface ErasedObject {
  /** Its URI, or the full path of a file. */
  object: string;
  /** Number of records of the current version that contained the person. */
  records: number;
  /** Ids of the versions that contained the person and were deleted, or would be; empty without versions. */
  deletedVersions: readonly string[];
}

/** The result for an object. */
interface Examination {
  examinedVersions: number;
  examinedBytes: number;
  /** Undefined when no version contained the person. */
  erased: ErasedObject | undefined;
}

/** How objects are erased. */
interface EraseSetup {
  tombstones: Tombstones;
  manifest: Manifest;
  isDryRun: boolean;
  /** Whether a version is known not to contain the person, so that it need not be read. */
  isKnown(object: string, version: StoredVersion): boolean;
  /** Ends the examination. A change that has begun is completed. */
  signal?: AbortSignal | undefined;
}

/** A version that was examined. */
interface Found {
  version: StoredVersion;
  examined: Examined;
}

/** The ETag in the ledger of an archive: for a file, its digest. */
function etagOf(version: StoredVersion, sha256: string): string {
  return version.etag ?? `sha256:${sha256}`;
}

function manifestVersion({ version, examined: { sha256, bytes } }: Found): ManifestVersion {
  const { versionId, fingerprint } = version;
  return {
    etag: etagOf(version, sha256),
    ...(versionId !== undefined && { versionId }),
    ...(fingerprint !== undefined && { fingerprint }),
    sha256,
    bytes,
  };
}

type Deletion = Extract<ManifestStep, { step: 'deleting' | 'deleted' }>;

/** The deletions that a manifest has as begun only. */
function unfinishedDeletions(steps: readonly ManifestStep[]): Deletion[] {
  const found = new Map<string, Deletion>();
  for (const step of steps) {
    if (step.step === 'deleting') found.set(step.versionId, step);
    else if (step.step === 'deleted') found.delete(step.versionId);
  }
  return [...found.values()];
}

/** Erases a person from all versions of one object. */
class ObjectErasure {
  private readonly found: Found[] = [];

  constructor(
    private readonly object: StoredObject,
    private readonly setup: EraseSetup,
  ) {}

  /**
   * @throws {UnerasableError} when the person cannot be erased from it; or the signal's reason, before anything changes
   */
  async run(): Promise<Examination> {
    const { object, setup } = this;
    for (const version of object.versions) {
      if (version.isBefore || setup.isKnown(object.name, version)) continue;
      const examined = await examine(version.object, setup.tombstones, setup.signal);
      this.found.push({ version, examined });
    }
    const holding = this.found.filter(({ examined }) => examined.changes.length > 0);
    const current = holding.find(({ version }) => version.isCurrent);
    const others = holding.filter((each) => each !== current);
    const isReplacedInPlace = current === undefined || current.version.isOverwritten;
    const deleted = isReplacedInPlace ? others : [current, ...others];
    const result = this.examination(holding, current, deleted);
    if (holding.length > 0) {
      const versions = others.map(({ version }) => version);
      await object.check(current?.version, versions, setup.isDryRun);
    }
    if (setup.isDryRun) return result;
    this.noteRecovered();
    if (current !== undefined) await this.rewrite(current);
    for (const version of deleted) await this.deleteVersion(version);
    await this.deleteMarkers(deleted.length);
    return result;
  }

  private examination(
    holding: readonly Found[],
    current: Found | undefined,
    deleted: readonly Found[],
  ): Examination {
    const erased = {
      object: this.object.name,
      records: current?.examined.changes.length ?? 0,
      deletedVersions: deleted.flatMap(({ version }) => version.versionId ?? []),
    };
    return {
      examinedVersions: this.found.length,
      examinedBytes: this.found.reduce((sum, { examined }) => sum + examined.bytes, 0),
      erased: holding.length > 0 ? erased : undefined,
    };
  }

  /** Notes the changes of a killed run that the manifest lacks. */
  private noteRecovered(): void {
    const { object, setup } = this;
    const steps = setup.manifest.stepsOf(object.name);
    const current = this.found.find(({ version }) => version.isCurrent);
    const last = steps.findLast(({ step }) => step === 'rewriting' || step === 'rewritten');
    if (last?.step === 'rewriting' && current?.examined.sha256 === last.after.sha256)
      this.noteRewritten(last.before, manifestVersion(current), last);
    const ids = new Set([...object.versions, ...object.markers].map(({ versionId }) => versionId));
    for (const step of unfinishedDeletions(steps))
      if (!ids.has(step.versionId)) setup.manifest.add({ ...step, step: 'deleted' });
  }

  private noteRewritten(
    before: ManifestVersion,
    after: ManifestVersion,
    { changes, ids }: RecordChanges,
  ): void {
    const { object, setup } = this;
    const records = changes.length;
    setup.manifest.add({ step: 'rewritten', object: object.name, before, after, records, changes, ids });
  }

  private async rewrite(current: Found): Promise<void> {
    const { object, setup } = this;
    const { version, examined } = current;
    const path = object.scratch();
    try {
      const after = await writeErased(version.object, setup.tombstones, examined, path);
      const before = manifestVersion(current);
      const { changes, ids } = examined;
      setup.manifest.add({ step: 'rewriting', object: object.name, before, after, changes, ids });
      const written = await object.replace(version, { path, sha256: after.sha256 });
      this.noteRewritten(before, { ...after, ...written }, examined);
      if (written.versionId === version.versionId && !version.isOverwritten)
        throw new UnerasableError('the bucket stopped keeping versions meanwhile: run the command again');
    } finally {
      await rm(path, { force: true });
    }
  }

  private async deleteVersion({ version, examined }: Found): Promise<void> {
    const { versionId } = version;
    if (versionId === undefined) return;
    const { sha256, bytes, changes } = examined;
    await this.delete(versionId, { etag: etagOf(version, sha256), sha256, bytes, records: changes.length });
  }

  private async delete(versionId: string, content?: Deletion['content']): Promise<void> {
    const { object, setup } = this;
    const deletion = { object: object.name, versionId, ...(content && { content }) };
    setup.manifest.add({ step: 'deleting', ...deletion });
    await object.deleteVersion(versionId);
    setup.manifest.add({ step: 'deleted', ...deletion });
  }

  /**
   * Deletes the delete markers of an object whose versions were deleted. The current one remains while there is a version,
   * which would otherwise be the current one again.
   */
  private async deleteMarkers(deleted: number): Promise<void> {
    const { object, setup } = this;
    const steps = setup.manifest.stepsOf(object.name);
    if (deleted === 0 && steps.length === 0) return;
    const isDeleted = object.versions.every(({ isCurrent }) => !isCurrent);
    const isEmpty = isDeleted && object.versions.length === deleted;
    for (const { versionId, isCurrent } of object.markers) {
      if (isCurrent && !isEmpty) continue;
      await this.delete(versionId);
    }
  }
}

/**
 * Erases a person from an object: first writes the new version, then deletes the others that contain the person, and the
 * delete markers. A killed run leaves complete versions, and the next run completes the erasure.
 *
 * @throws {UnerasableError} when the person cannot be erased from it; or the signal's reason, before anything changes
 */
function eraseObject(object: StoredObject, setup: EraseSetup): Promise<Examination> {
  return new ObjectErasure(object, setup).run();
}

export { type ErasedObject, eraseObject };
