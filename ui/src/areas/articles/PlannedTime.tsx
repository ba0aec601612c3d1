/** When an article goes out, who publishes it then, and whether its site knows. */
import { Button, Text } from '@mantine/core';
import { ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContentRow, ContentView, SiteView } from '../../host';
import { useNow } from '../../kit/clock';
import { When } from '../../kit/When';

type Props = { view: ContentView; site: SiteView | null; onProof: () => void };

export function PlannedTime({ view: { row, zone, handOver }, site, onProof }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  if (row.scheduledAt === null) return null;
  return (
    <>
      <Text>
        {t(`schedule.card.${standing(row, now)}`, { site: site?.name ?? '' })}{' '}
        <When at={row.scheduledAt} zone={zone} style="exact" />
      </Text>
      {handOver !== null && (
        <div>
          <Button variant="subtle" leftSection={<ReceiptText size="1rem" aria-hidden />} onClick={onProof}>
            {t('schedule.card.proof')}
          </Button>
        </div>
      )}
    </>
  );
}

function standing({ scheduledAt, missedAt, isUnsent, isHandedOver }: ContentRow, now: Date) {
  if (missedAt !== null) return 'missed';
  if (scheduledAt !== null && new Date(scheduledAt) <= now) return 'due';
  if (isUnsent) return 'unsent';
  return isHandedOver ? 'handedOver' : 'computer';
}
