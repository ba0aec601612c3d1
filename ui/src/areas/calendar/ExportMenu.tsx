/** The calendar as a file for others to read: a table, or iCalendar for calendar programs. */
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import type { CalendarFormat, SiteView } from '../../host';
import { ExportButton } from '../../kit/ExportButton';
import { formatCount } from '../../kit/format';
import { toast } from '../../kit/toasts';

const FORMATS: readonly CalendarFormat[] = ['csv', 'ics'];

type Props = {
  /** The one site whose calendar is written; null for all. */
  site: SiteView | null;
};

export function ExportMenu({ site }: Props) {
  const { t } = useTranslation();
  const write = useAct('calendarExport');
  const press = (format: CalendarFormat) =>
    write.mutate([site?.id ?? null, format], {
      onSuccess: (file) => {
        // Nothing was written when the dialog was left.
        if (file === null) return;
        const { entries, path } = file;
        toast('success', t('calendar.export.done', { count: entries, amount: formatCount(entries), path }));
      },
      onError: tell,
    });
  return (
    <ExportButton
      label={t('calendar.export.button')}
      title={site === null ? t('calendar.export.all') : t('calendar.export.site', { site: site.name })}
      forms={FORMATS}
      nameOf={(format) => t(`calendar.export.format.${format}`)}
      isBusy={write.isPending}
      onExport={press}
    />
  );
}
