/** Two or three lists of one page, one of them open; each says how much it holds. */
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from './format';
import classes from './PageTabs.module.css';

type Props<Tab extends string> = {
  /** Names the choice for those who hear it. */
  label: string;
  tabs: readonly { id: Tab; label: string; count?: number | undefined }[];
  open: Tab;
  onOpen: (tab: Tab) => void;
  /** The open list. */
  children: ReactNode;
};

export function PageTabs<Tab extends string>({ label, tabs, open, onOpen, children }: Props<Tab>) {
  return (
    <Tabs
      value={open}
      onChange={(id) => {
        const tab = tabs.find((offered) => offered.id === id);
        if (tab !== undefined) onOpen(tab.id);
      }}
      keepMounted={false}
      className={classes.tabs ?? ''}
    >
      <Tabs.List aria-label={label} className={classes.list ?? ''}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.id} value={tab.id}>
            {tab.label}{' '}
            {tab.count !== undefined && (
              <span className={classes.count} data-figures>
                {formatCount(tab.count)}
              </span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id }) => (
        <Tabs.Panel key={id} value={id} className={classes.panel ?? ''}>
          {id === open && children}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
