/** One model: what it costs, what it did cost, when it ends, and one small call to see whether it answers. */
import { Button, Stack, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { ModelView } from '../../host';
import { DetailList } from '../../kit/DetailList';
import { formatCount, formatDate } from '../../kit/format';
import { SideDrawer } from '../../kit/SideDrawer';
import { StatusDot } from '../../kit/StatusDot';
import { toast } from '../../kit/toasts';
import { abilityFacts } from './abilityFacts';
import { ModelTrial } from './ModelTrial';
import { creditsOf, stateOf } from './modelColumns';
import { PriceHistory } from './PriceHistory';
import { thinkingFacts } from './thinkingFacts';
import { tierFacts } from './tiers';

type Props = {
  /** Null while closed. */
  model: ModelView | null;
  /** Every row of the catalogue. */
  all: readonly ModelView[];
  onEdit: (model: ModelView) => void;
  onConnect: (provider: string) => void;
  onClose: () => void;
};

export function ModelDrawer({ model, all, onEdit, onConnect, onClose }: Props) {
  const title = model?.displayName ?? '';
  return (
    <SideDrawer
      opened={model !== null}
      title={title}
      size="reading"
      onClose={onClose}
      footer={model !== null && <Acts model={model} onEdit={onEdit} onConnect={onConnect} />}
    >
      {model !== null && (
        <Stack gap="lg">
          <Facts model={model} />
          <PriceHistory model={model} all={all} />
          {model.state === 'ready' && <ModelTrial key={model.id} model={model} />}
        </Stack>
      )}
    </SideDrawer>
  );
}

function Facts({ model }: { model: ModelView }) {
  const { t } = useTranslation();
  const priced = (label: string, price: string | null, missing: string): { label: string; value: ReactNode } => ({
    label,
    value: price === null ? <Text c="dimmed">{missing}</Text> : `$${price}`,
  });
  const unknown = t('models.detail.unknown');
  const isText = model.modelType === 'text';
  const prices = isText
    ? [
        priced(t('models.form.input'), model.costPer1kInput, unknown),
        priced(t('models.form.output'), model.costPer1kOutput, unknown),
        priced(t('models.detail.cached'), model.costPer1kCachedInput, t('models.detail.asInput')),
        priced(t('models.detail.cacheWrite'), model.costPer1kCacheWrite, t('models.detail.asInput')),
        priced(t('models.detail.reasoning'), model.costPer1kReasoning, t('models.detail.asOutput')),
        { label: t('models.form.context'), value: formatCount(model.contextTokens) },
        { label: t('models.detail.writes'), value: formatCount(model.maxOutputTokens) },
      ]
    : [
        priced(t('models.form.image'), model.costPerImage, unknown),
        priced(t('models.form.input'), model.costPer1kInput, unknown),
        priced(t('models.detail.imageOutput'), model.costPer1kImageOutput ?? model.costPer1kOutput, unknown),
      ];
  const ends = model.retiresOn === null ? [] : [{ label: t('models.column.ends'), value: formatDate(model.retiresOn) }];
  const successor = model.replacedBy === null ? [] : [{ label: t('models.detail.successor'), value: model.replacedBy }];
  return (
    <DetailList
      facts={[
        { label: t('models.column.state'), value: <StatusDot {...stateOf(model)} /> },
        { label: t('models.column.provider'), value: model.provider },
        { label: t('models.detail.id'), value: model.modelName },
        ...prices,
        { label: t('models.column.credits'), value: creditsOf(model) ?? unknown },
        ...tierFacts(model),
        ...(model.picture === null ? [] : abilityFacts(model.picture)),
        ...thinkingFacts(model),
        ...ends,
        ...successor,
      ]}
    />
  );
}

type ActsProps = { model: ModelView } & Pick<Props, 'onEdit' | 'onConnect'>;

function Acts({ model, onEdit, onConnect }: ActsProps) {
  const { t } = useTranslation();
  const use = useAct('modelDefault');
  const isImage = model.modelType === 'image';
  const isOffered = model.state === 'ready' && !model.isDefault;
  const why = t(`models.notUsable.${model.state}`, { provider: model.provider });
  const button = (
    <Button
      loading={use.isPending}
      data-disabled={!isOffered}
      aria-disabled={!isOffered}
      onClick={() =>
        isOffered &&
        use.mutate([model.id], {
          onSuccess: () => toast('success', t('models.used', { model: model.displayName })),
          onError: tell,
        })
      }
    >
      {t(isImage ? 'models.useForAll.image' : 'models.useForAll.text')}
    </Button>
  );
  return (
    <>
      <Button variant="default" onClick={() => onEdit(model)}>
        {t('models.edit')}
      </Button>
      {model.state === 'no_key' && <Button onClick={() => onConnect(model.provider)}>{t('models.connect')}</Button>}
      {model.state !== 'no_key' && (isOffered ? button : <Tooltip label={why}>{button}</Tooltip>)}
    </>
  );
}
