/** The user's zone: in it days and months turn, and quiet hours are meant. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { ZoneForm } from '../../parts/ZoneForm';
import { Section } from './Section';
import classes from './settings.module.css';

export function ZoneSetting() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data: workspace } = useCommand('workspace', []);
  if (workspace === undefined) return null;
  return (
    <Section title={t('settings.zone.title')} lead={t('settings.zone.lead')}>
      <div className={classes.field}>
        <Text>{workspace.zone}</Text>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('settings.zone.change')}
        </Button>
      </div>
      <ZoneForm opened={isOpen} zone={workspace.zone} onClose={() => setOpen(false)} />
    </Section>
  );
}
