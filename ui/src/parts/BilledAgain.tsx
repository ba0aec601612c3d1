/** Under a price that a vendor bills for: what is not in it. Nothing where nobody bills. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** `costMax` is in US dollars, a decimal string. */
export function BilledAgain({ costMax }: { costMax: string }) {
  const { t } = useTranslation();
  if (Number(costMax) === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('kit.price.again')}
    </Text>
  );
}
