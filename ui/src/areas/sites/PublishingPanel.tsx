/** Who publishes what is due on a site, and what is done about what was missed. Each choice is kept as it is made. */
import { Select, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { HandOverView, MissedRuleView, SiteView } from '../../host';
import { toast } from '../../kit/toasts';

const HAND_OVERS = ['wordpress', 'computer'] as const satisfies readonly HandOverView[];
const RULES = ['publish', 'next_slot', 'tell'] as const satisfies readonly MissedRuleView[];

export function PublishingPanel({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useAct('sitePublishingSet');
  const save = (handOver: HandOverView, missedRule: MissedRuleView) =>
    mutate([site.id, handOver, missedRule], {
      onSuccess: () => toast('success', t('schedule.site.saved', { site: site.name })),
      onError: tell,
    });
  const ruleOf = (value: string | null) => RULES.find((rule) => rule === value) ?? site.missedRule;
  const handOverOf = (value: string | null) => HAND_OVERS.find((one) => one === value) ?? site.handOver;
  return (
    <section>
      <Title order={3} mb="sm">
        {t('schedule.site.title')}
      </Title>
      <Stack gap="md">
        {site.kind === 'folder' ? (
          <Text>{t('schedule.site.folder')}</Text>
        ) : (
          <Select
            label={t('schedule.site.handOver')}
            description={t('schedule.site.handOverHint')}
            data={HAND_OVERS.map((value) => ({ value, label: t(`schedule.site.${value}`) }))}
            allowDeselect={false}
            disabled={isPending}
            value={site.handOver}
            onChange={(value) => save(handOverOf(value), site.missedRule)}
          />
        )}
        <Select
          label={t('schedule.site.missed')}
          data={RULES.map((value) => ({ value, label: t(`schedule.site.${value}`) }))}
          allowDeselect={false}
          disabled={isPending}
          value={site.missedRule}
          onChange={(value) => save(site.handOver, ruleOf(value))}
        />
      </Stack>
    </section>
  );
}
