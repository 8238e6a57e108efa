/** Lets the browser's own database refuse its nth write from now on, as a full disk does, and every one after it. */
export function failWritesFrom(nth: number): {
  readonly hasFailed: () => boolean;
  readonly stop: () => void;
} {
  let writes = 0;
  let failed = false;
  const store = IDBObjectStore.prototype;
  const { put, add, delete: remove, clear } = store;
  const guarded = <A extends unknown[], R>(write: (this: IDBObjectStore, ...args: A) => R) =>
    function (this: IDBObjectStore, ...args: A): R {
      writes += 1;
      if (writes < nth) return write.apply(this, args);
      failed = true;
      throw new DOMException("the test's disk is full", "QuotaExceededError");
    };
  Object.assign(store, {
    put: guarded(put),
    add: guarded(add),
    delete: guarded(remove),
    clear: guarded(clear),
  });
  return {
    hasFailed: () => failed,
    stop: () => void Object.assign(store, { put, add, delete: remove, clear }),
  };
}
