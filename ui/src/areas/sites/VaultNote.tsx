/** Where the password will be kept, before it is typed: in the system's keyring, or only in memory. */
import { Text } from '@mantine/core';
import { KeyRound, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import classes from './sites.module.css';

export function VaultNote() {
  const { t } = useTranslation();
  const { data: workspace } = useCommand('workspace', []);
  if (workspace === undefined) return null;
  const isSafe = workspace.vault === 'available';
  const Icon = isSafe ? KeyRound : TriangleAlert;
  return (
    <Text size="xs" className={classes.vault ?? ''} data-safe={isSafe || undefined}>
      <Icon size="0.875rem" aria-hidden />
      <span>{t(`sites.vault.${workspace.vault}`)}</span>
    </Text>
  );
}
