import { SortedKeys } from './sorted-keys';
import type { StoredObject } from './stored-object';

/** The objects of one bucket. */
class Bucket {
  private readonly objects = new Map<string, StoredObject>();
  private sorted: SortedKeys | undefined;

  get(key: string): StoredObject | undefined {
    return this.objects.get(key);
  }

  put(key: string, object: StoredObject): void {
    if (!this.objects.has(key)) this.sorted = undefined;
    this.objects.set(key, object);
  }

  remove(key: string): void {
    if (this.objects.delete(key)) this.sorted = undefined;
  }

  /** Sorted once for each set of keys, not for each page of a listing. */
  get keys(): SortedKeys {
    this.sorted ??= new SortedKeys(this.objects.keys());
    return this.sorted;
  }
}

export { Bucket };
