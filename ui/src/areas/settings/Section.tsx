/** A part of the settings: its title, a sentence about it, and what is set. */
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

type Props = { title: string; lead?: string; children: ReactNode };

export function Section({ title, lead, children }: Props) {
  return (
    <section aria-label={title} className={classes.section ?? ''}>
      <Title order={2}>{title}</Title>
      {lead !== undefined && <Text c="dimmed">{lead}</Text>}
      {children}
    </section>
  );
}
