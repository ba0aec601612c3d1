/** Languages and time zones to choose from, named by the system. */

const LANGUAGES =
  'ar bg bn ca cs cy da de el en en-GB en-US es et eu fa fi fr ga gl gu he hi hr hu id is it ja kn ko lt lv mk ml mr ms nb nl pl pt pt-BR ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh-Hans zh-Hant'.split(
    ' ',
  );

type Option = { value: string; label: string };

/** Languages by name; `current` is among them whatever it is. */
export function languageOptions(current: string): Option[] {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const codes = LANGUAGES.includes(current) ? LANGUAGES : [...LANGUAGES, current];
  const options = codes.map((value) => ({ value, label: names.of(value) ?? value }));
  return options.sort((a, b) => a.label.localeCompare(b.label));
}

/** Zones by city; `current` is among them whatever it is. */
export function zoneOptions(current: string): Option[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current]);
  return [...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
