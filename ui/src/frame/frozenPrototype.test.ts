import { describe, expect, it } from 'vitest';
import { freezePrototype } from './frozenPrototype';

/** What objects of a test inherit, so that the prototype of everything else stays as it is. */
function frozen(): { prototype: Record<string, unknown>; heir: Record<string, unknown> } {
  const prototype: Record<string, unknown> = { label: 'inherited', read: () => 'inherited' };
  freezePrototype(prototype);
  return { prototype, heir: Object.create(prototype) };
}

describe('a frozen prototype', () => {
  it('gives its heirs what it had', () => {
    const { heir } = frozen();
    expect(heir.label).toBe('inherited');
    expect((heir.read as () => string)()).toBe('inherited');
    expect(Object.keys(heir)).toEqual([]);
  });

  it('takes neither changes nor additions nor removals', () => {
    const { prototype, heir } = frozen();
    expect(() => Object.assign(prototype, { label: 'changed' })).toThrow(TypeError);
    expect(() => Object.assign(prototype, { added: true })).toThrow(TypeError);
    expect(() => Object.defineProperty(prototype, 'label', { value: 'changed' })).toThrow(TypeError);
    expect(Reflect.deleteProperty(prototype, 'label')).toBe(false);
    expect(Object.isFrozen(prototype)).toBe(true);
    expect(heir.label).toBe('inherited');
    expect('added' in heir).toBe(false);
  });

  it('lets an heir have its own under an inherited name', () => {
    const { prototype, heir } = frozen();
    heir.label = 'own';
    expect(heir.label).toBe('own');
    expect(prototype.label).toBe('inherited');
    expect(Object.keys(heir)).toEqual(['label']);
    expect(Object.create(prototype).label).toBe('inherited');
  });
});
