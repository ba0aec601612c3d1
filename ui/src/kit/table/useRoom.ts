/** How wide an element is, in steps of the 4-pixel grid, followed as the window changes. */
import { type RefCallback, useCallback, useState } from 'react';

/** Steps in one root font size, so that a larger text leaves room for fewer of them. */
const STEPS_PER_REM = 4;

/** Null until measured, and where nothing is laid out. */
export function useRoom(): [RefCallback<HTMLElement>, number | null] {
  const [steps, setSteps] = useState<number | null>(null);
  const follow = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const room = Math.floor((element.clientWidth / rem) * STEPS_PER_REM);
      setSteps(room > 0 ? room : null);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [follow, steps];
}
