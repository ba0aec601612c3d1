/** A site beside the list of sites: its fields, its connection and its sectors; or the form of a new one. */
import { Button, Divider, SegmentedControl, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDidUpdate } from '@mantine/hooks';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useIsActing } from '../../data/command';
import { faultOf, unwrap } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import { useScope } from '../../data/scope';
import type { SiteDraft, SiteView } from '../../host';
import { SideDrawer } from '../../kit/SideDrawer';
import { actToast, toast } from '../../kit/toasts';
import { ConnectionPanel } from './ConnectionPanel';
import { PublishingPanel } from './PublishingPanel';
import { SchedulePanel } from './SchedulePanel';
import { SectorList } from './SectorList';
import { SiteFields } from './SiteFields';
import { draftOf, errorsOf, type SiteValues, valuesOf } from './siteForm';
import { hostOf } from './useConnection';

type Props = {
  opened: boolean;
  /** Null for a new one. */
  site: SiteView | null;
  part: SitePart;
  onPart: (part: SitePart) => void;
  onClose: () => void;
  /** Called with the id of a site that was added. */
  onAdded: (id: string) => void;
};

/** What of a site is shown: what it is, or what happens by itself. */
const PARTS = ['site', 'schedule'] as const;
export type SitePart = (typeof PARTS)[number];

export function SiteDrawer({ opened, site, part, onPart, onClose, onAdded }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  // A keyring takes its time; a second press would add a second site.
  const isSaving = useIsActing('siteAdd', 'siteUpdate');
  return (
    <SideDrawer
      opened={opened}
      onClose={onClose}
      title={site?.name ?? t('sites.form.new')}
      footer={
        part === 'site' && (
          <>
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" form={formId} loading={isSaving}>
              {t(site === null ? 'sites.form.addSite' : 'sites.form.save')}
            </Button>
          </>
        )
      }
    >
      {site !== null && (
        <SegmentedControl
          fullWidth
          mb="lg"
          aria-label={t('publishing.tabs')}
          data={PARTS.map((value) => ({ value, label: t(`publishing.tab.${value}`) }))}
          value={part}
          onChange={onPart}
        />
      )}
      {site !== null && part === 'schedule' && <SchedulePanel site={site} />}
      <Stack gap="xl" pb="lg" display={part === 'site' ? undefined : 'none'}>
        <SiteForm key={site?.id ?? 'new'} formId={formId} site={site} onClose={onClose} onAdded={onAdded} />
        {site !== null && (
          <>
            <Divider />
            <ConnectionPanel site={site} />
            <Divider />
            <PublishingPanel site={site} />
            <Divider />
            <SectorList site={site} />
          </>
        )}
      </Stack>
    </SideDrawer>
  );
}

type FormProps = Omit<Props, 'opened' | 'part' | 'onPart'> & { formId: string };

function SiteForm({ formId, site, onClose, onAdded }: FormProps) {
  const { t } = useTranslation();
  const { commands } = useHost();
  const { sites } = useScope();
  const add = useAct('siteAdd');
  const update = useAct('siteUpdate');
  const test = useAct('siteTest');
  const form = useForm<SiteValues>({ mode: 'controlled', initialValues: valuesOf(site), validate: errorsOf });
  // A test that finds the site puts its own address in the place of the page that was typed.
  useDidUpdate(() => {
    if (site !== null) form.setFieldValue('url', site.url);
  }, [site?.url]);
  /** A refusal of a field stands at the field. */
  const refuse = (error: unknown) => {
    const fault = faultOf(error);
    if (fault.code === 'InvalidField' && fault.detail.field in form.getValues())
      form.setFieldError(fault.detail.field, wordsOf(fault).what);
    else tell(error);
  };
  /** The keyring refused the password of a new site, which is there all the same: its own form takes the next try. */
  const showUnlocked = async () => {
    const added = unwrap(await commands.sites()).find(({ id }) => !sites.some((known) => known.id === id));
    if (added !== undefined) onAdded(added.id);
  };
  /** A password is for the host it was given for: where another one took it away, the form stays and asks for the next. */
  const finish = async (before: SiteView, { name, url }: SiteDraft) => {
    const sitesNow = await commands.sites();
    const now = sitesNow.status === 'ok' ? sitesNow.data.find(({ id }) => id === before.id) : undefined;
    if (before.hasSecret && now?.hasSecret === false) {
      const hosts = { name, before: hostOf(before.url), after: hostOf(url) };
      toast('warning', t('sites.form.savedForgotten', hosts));
      form.setFieldError('password', t('sites.form.passwordForgotten', hosts));
      form.getInputNode('password')?.focus();
    } else {
      toast('success', t('sites.form.saved', { name }));
      onClose();
    }
  };
  const save = (values: SiteValues) => {
    const draft = draftOf(values);
    if (site === null) {
      add.mutate([draft], {
        onSuccess: (id) => {
          const { name } = draft;
          if (draft.kind === 'folder') toast('success', t('sites.form.added', { name }));
          else
            actToast('success', t('sites.form.addedUntested', { name }), t('sites.test'), () =>
              test.mutate([id], { onError: tell }),
            );
          onAdded(id);
        },
        onError: (error) => {
          refuse(error);
          if (faultOf(error).code === 'SecretStore') void showUnlocked();
        },
      });
    } else {
      update.mutate([site.id, draft], {
        onSuccess: () => void finish(site, draft),
        onError: refuse,
      });
    }
  };
  return (
    <form id={formId} noValidate onSubmit={form.onSubmit(save)}>
      <SiteFields form={form} site={site} />
    </form>
  );
}
