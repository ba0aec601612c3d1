/** A close look at a site's connection: each check with its outcome, what to do about it, and all of it to be copied. */
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { Check, Copy, Minus, Stethoscope, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { SiteCheck, SiteDiagnosis, SiteView } from '../../host';
import { reportOf, wordsOfCheck } from './doctorWords';
import classes from './sites.module.css';

const SIGNS = { passed: Check, warned: TriangleAlert, failed: X, skipped: Minus } as const;

export function DoctorPanel({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { mutate, isPending, data } = useAct('siteDoctor');
  return (
    <Stack gap="sm" mt="sm">
      <Group justify="space-between">
        <Button
          variant="default"
          leftSection={<Stethoscope size="1rem" aria-hidden />}
          loading={isPending}
          onClick={() => mutate([site.id], { onError: tell })}
        >
          {t('sites.doctor.check')}
        </Button>
        {data !== undefined && <CopyReport found={data} />}
      </Group>
      <div aria-live="polite">{data !== undefined && <Checks found={data} />}</div>
    </Stack>
  );
}

function Checks({ found }: { found: SiteDiagnosis }) {
  const { t } = useTranslation();
  return (
    <>
      <Text fw={500} mb="xs">
        {t(found.isWell ? 'sites.doctor.well' : 'sites.doctor.unwell', { host: found.host })}
      </Text>
      <ul className={classes.checks} aria-label={t('sites.doctor.title')}>
        {found.checks.map((one) => (
          <CheckItem key={one.check} host={found.host} one={one} />
        ))}
      </ul>
    </>
  );
}

function CheckItem({ host, one }: { host: string; one: SiteCheck }) {
  const { t } = useTranslation();
  const Icon = SIGNS[one.outcome];
  const words = wordsOfCheck(host, one);
  return (
    <li className={classes.check} data-outcome={one.outcome}>
      <Icon size="1rem" aria-hidden />
      <div>
        <Text size="sm">
          {t(`sites.doctor.checks.${one.check}`)}: {t(`sites.doctor.outcome.${one.outcome}`)}
          {one.note !== '' && (
            <Text span size="xs" c="dimmed">
              {' · '}
              {one.note}
            </Text>
          )}
        </Text>
        {words !== null && (
          <>
            <Text size="sm" fw={500}>
              {words.what}
            </Text>
            <Text size="sm" c="dimmed">
              {words.advice}
            </Text>
          </>
        )}
      </div>
    </li>
  );
}

function CopyReport({ found }: { found: SiteDiagnosis }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={reportOf(found)}>
      {({ copied, copy }) => (
        <Button variant="subtle" leftSection={<Copy size="1rem" aria-hidden />} onClick={copy}>
          {t(copied ? 'sites.doctor.copied' : 'sites.doctor.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
