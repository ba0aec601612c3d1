/** Names of the kinds of notices, where they are chosen among; one of a newer host is named as it is. */
import i18next from 'i18next';

export function kindWords(kind: string): string {
  return i18next.exists(`notifications.kind.${kind}`)
    ? i18next.t(`notifications.kind.${kind}` as 'notifications.kind.interrupted')
    : kind;
}
