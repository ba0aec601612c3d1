/** The present moment for words such as "3 minutes ago", from one timer for the whole window. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

/** Relative words change by the minute; half of that keeps them at most 30 seconds behind. */
const TICK_MS = 30_000;

const NowContext = createContext<Date>(new Date(0));

type Props = {
  /** Reads the clock; tests pass a fixed one. */
  read: () => Date;
  children: ReactNode;
};

export function ClockProvider({ read, children }: Props) {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), TICK_MS);
    return () => clearInterval(timer);
  }, [read]);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

/** The present moment, renewed every half minute. */
export function useNow(): Date {
  return useContext(NowContext);
}
