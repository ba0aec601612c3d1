import { describe, expect, it } from 'vitest';
import { everything, isSelected, loadedState, NOTHING, selectedCount, toggle, toggleLoaded } from './selection';

const LOADED = ['a', 'b', 'c'];

describe('selection', () => {
  it('chooses and leaves single rows', () => {
    const one = toggle(NOTHING, 'a');
    expect(isSelected(one, 'a')).toBe(true);
    expect(selectedCount(one, 4210)).toBe(1);
    expect(toggle(one, 'a')).toEqual(NOTHING);
  });

  it('chooses the loaded rows, then nothing', () => {
    const loaded = toggleLoaded(toggle(NOTHING, 'a'), LOADED);
    expect(loadedState(loaded, LOADED)).toBe('all');
    expect(toggleLoaded(loaded, LOADED)).toEqual(NOTHING);
  });

  it('keeps all that match as a rule with exceptions', () => {
    const allButOne = toggle(everything(), 'b');
    expect(isSelected(allButOne, 'never loaded')).toBe(true);
    expect(isSelected(allButOne, 'b')).toBe(false);
    expect(selectedCount(allButOne, 4210)).toBe(4209);
    expect(loadedState(allButOne, LOADED)).toBe('some');
    expect(selectedCount(toggle(allButOne, 'b'), 4210)).toBe(4210);
  });

  it('never counts below nothing while the total shrinks under the exceptions', () => {
    expect(selectedCount({ all: true, except: new Set(['a', 'b']) }, 1)).toBe(0);
  });
});
