/**
 * Nobody changes what all objects inherit. `Object.freeze` alone would also forbid an object a property of its own under
 * an inherited name, which the libraries beneath the charts need (d3-color, d3-format and decimal.js-light give theirs a
 * `constructor`, `toString` and `valueOf`). So each inherited value becomes a pair of accessors first: reading gives the
 * value, writing to an heir gives that heir its own, and writing to the prototype is refused. Tauri's `freezePrototype`
 * is off for this one, which a story in the real window looks at.
 */
export function freezePrototype(prototype: object): void {
  for (const name of Reflect.ownKeys(prototype)) {
    const held = Reflect.getOwnPropertyDescriptor(prototype, name);
    if (held?.configurable === true && 'value' in held) guard(prototype, name, held.value, held.enumerable ?? false);
  }
  Object.freeze(prototype);
}

function guard(prototype: object, name: PropertyKey, value: unknown, enumerable: boolean): void {
  Object.defineProperty(prototype, name, {
    configurable: false,
    enumerable,
    get: () => value,
    set(this: object, own: unknown) {
      if (this === prototype) throw new TypeError(`${String(name)} is what all objects inherit and stays as it is`);
      Object.defineProperty(this, name, { value: own, configurable: true, enumerable: true, writable: true });
    },
  });
}
