/** An instant: relative in lists with the exact time on hover, exact elsewhere. */
import { useNow } from './clock';
import { formatDateTime, formatRelative, localZone } from './format';

type Props = {
  /** RFC 3339. */
  at: string;
  /** IANA zone to write the exact time in; this computer's unless a site has its own. */
  zone?: string;
  /** `exact` in details and calendars. */
  style?: 'relative' | 'exact';
};

export function When({ at, zone = localZone(), style = 'relative' }: Props) {
  const now = useNow();
  const exact = formatDateTime(at, zone, now);
  if (style === 'exact') return <time dateTime={at}>{exact}</time>;
  // The browser's own tooltip: lists show hundreds of these, and it costs them nothing.
  return (
    <time dateTime={at} title={exact}>
      {formatRelative(at, now)}
    </time>
  );
}
