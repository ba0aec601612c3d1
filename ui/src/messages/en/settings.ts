/** Words of the settings. */
export const settings = {
  tabs: 'Settings',
  tab: { general: 'General', notifications: 'Notifications' },
  look: {
    title: 'Appearance',
    scheme: 'Theme',
    schemes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    density: 'Row height',
    densities: { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' },
  },
  zone: {
    title: 'Time zone',
    lead: 'In it days and months turn, and quiet hours are meant. Sites have zones of their own for their schedules.',
    change: 'Change the zone',
  },
  desktop: {
    title: 'While nobody watches',
    lead: 'Igny8 publishes and works on time only while it runs. A site that has posts handed over publishes them by itself.',
    tray: 'Keep running in the tray when the window is closed',
    trayHint: 'Quit from the tray ends it. Work at hand is finished first.',
    noTray:
      'This desktop has no tray, so that closing the window ends Igny8. On GNOME an extension for app indicators adds one.',
    login: 'Start when I sign in',
    loginHint: 'It starts in the tray, without its window, where there is one.',
    noLogin: 'This system has no list of programs to start that Igny8 can add itself to.',
    noPopups: 'Nothing shows notifications on this desktop. They stand in the list all the same.',
  },
  quiet: {
    title: 'Quiet hours',
    lead: 'The system shows none of our notifications meanwhile. What came meanwhile is told when they are over.',
    keep: 'Keep quiet hours',
    from: 'From',
    until: 'Until',
    save: 'Save times',
    zone: 'By the clocks of {{zone}}.',
  },
  notices: {
    title: 'What you are told',
    lead: 'Each kind is kept in any case. A choice counts for what happens from now on.',
    kind: 'What happens',
    reach: 'How far it reaches',
    choose: 'How far it reaches: {{kind}}',
    channel: { none: 'Nobody', app: 'List', system: 'List and system' },
    usual: '{{channel}} (usual)',
  },
};
