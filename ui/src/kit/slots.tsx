/**
 * Places in the frame that a page fills: its title and actions in the header, its widgets in the footer.
 * The frame puts a `SlotTarget` where the content shall appear; a page renders `Fill` anywhere below the provider.
 */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';

export type SlotName = 'title' | 'scope' | 'actions' | 'page-progress' | 'module-statistics';

type Slots = {
  targets: Partial<Record<SlotName, HTMLElement>>;
  register: (name: SlotName, element: HTMLElement | null) => void;
};

const SlotContext = createContext<Slots | null>(null);

export function SlotProvider({ children }: { children: ReactNode }) {
  const [targets, setTargets] = useState<Slots['targets']>({});
  const register = useCallback<Slots['register']>((name, element) => {
    setTargets(({ [name]: _previous, ...others }) => (element === null ? others : { ...others, [name]: element }));
  }, []);
  const slots = useMemo(() => ({ targets, register }), [targets, register]);
  return <SlotContext.Provider value={slots}>{children}</SlotContext.Provider>;
}

type TargetProps = { name: SlotName; className?: string | undefined };

export function SlotTarget({ name, className }: TargetProps) {
  const register = useContext(SlotContext)?.register;
  const attach = useCallback((element: HTMLDivElement | null) => register?.(name, element), [register, name]);
  return <div ref={attach} className={className} data-slot={name} />;
}

type FillProps = { slot: SlotName; children: ReactNode };

/** Renders its children in the slot; without a frame (in a test of one page) they render in place. */
export function Fill({ slot, children }: FillProps) {
  const slots = useContext(SlotContext);
  if (slots === null) return <>{children}</>;
  const target = slots.targets[slot];
  return target === undefined ? null : createPortal(children, target);
}
