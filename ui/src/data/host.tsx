/** Gives every part of the interface the host it runs on. */
import { createContext, type ReactNode, useContext } from 'react';
import type { Host } from '../host';

const HostContext = createContext<Host | null>(null);

export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  return <HostContext.Provider value={host}>{children}</HostContext.Provider>;
}

/** The host; for what is not a query or a mutation: dialogs, pictures, opening things outside. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('useHost outside HostProvider');
  return host;
}
