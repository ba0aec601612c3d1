/** What cost more than three times as much as the others of its kind, each with a way to look at it. */
import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { UsageAnomaly } from '../../host';
import { StatusDot } from '../../kit/StatusDot';
import { addressOf, articleAddress } from '../../parts/pages';
import { anomalyWords, type Outlier, outlierName, outliersOf } from './anomalyWords';
import classes from './usage.module.css';

export function Anomalies({ anomalies }: { anomalies: readonly UsageAnomaly[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} aria-labelledby="anomalies-title">
      <Title order={2} id="anomalies-title">
        {t('usage.anomaly.title')}
      </Title>
      {anomalies.length === 0 ? (
        <StatusDot tone="success" label={t('usage.anomaly.none')} />
      ) : (
        <ul className={classes.anomalies}>
          {outliersOf(anomalies).map((outlier) => (
            <li key={`${outlier.kind}-${outlier.key}`}>
              <Anchor component={Link} {...placeOf(outlier)} size="sm">
                {outlierName(outlier)}
              </Anchor>
              {outlier.measured.map((anomaly) => (
                <Text key={anomaly.measure} size="xs" c="dimmed" data-figures>
                  {anomalyWords(anomaly)}
                </Text>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A day has no page of its own; what was done then stands among the AI tasks. */
function placeOf({ kind, key }: Outlier) {
  if (kind === 'article') return articleAddress(key);
  return addressOf('tasks', kind === 'operation' ? key : undefined);
}
