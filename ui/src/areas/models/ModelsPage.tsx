/** Models: which one does what, what each costs and when it ends, and the providers they come from. */
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { Page } from '../../kit/Page';
import { PageTabs } from '../../kit/PageTabs';
import { PrimaryAction } from '../../kit/PrimaryAction';
import { useTab } from '../../kit/useTab';
import { Catalogue } from './Catalogue';
import { InUse } from './InUse';
import { ModelFacts } from './ModelFacts';
import { ModelForm } from './ModelForm';
import { ProviderForm } from './ProviderForm';
import { ProviderList } from './ProviderList';

const TABS = ['use', 'catalogue', 'providers'] as const;

export function ModelsPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useTab(TABS);
  const [isAdding, setAdding] = useState(false);
  const { data: providers } = useCommand('providers', []);
  const close = () => setAdding(false);
  const isOfModels = tab === 'catalogue';
  const label = isOfModels ? t('models.add') : t('models.providers.add');
  return (
    <Page
      title={t('frame.page.models')}
      actions={<PrimaryAction label={label} icon={<Plus size="1rem" aria-hidden />} onPress={() => setAdding(true)} />}
    >
      <PageTabs
        label={t('models.tabs')}
        tabs={TABS.map((id) => ({
          id,
          label: t(`models.tab.${id}`),
          ...(id === 'providers' ? { count: providers?.length } : {}),
        }))}
        open={tab}
        onOpen={setTab}
      >
        {tab === 'use' && <InUse />}
        {tab === 'catalogue' && <Catalogue />}
        {tab === 'providers' && <ProviderList onAdd={() => setAdding(true)} />}
      </PageTabs>
      {isAdding && isOfModels && <ModelForm model={null} onClose={close} />}
      {isAdding && !isOfModels && <ProviderForm provider={null} onClose={close} />}
      <ModelFacts />
    </Page>
  );
}
