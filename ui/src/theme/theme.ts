/** The Mantine theme: type, grid, radius and the defaults of the components the product uses. */
import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type MantineTheme,
  type VariantColorResolverResult,
  type VariantColorsResolver,
} from '@mantine/core';
import { COLORS, type ColorName, MOTION, ROW_HEIGHTS, SPACE } from './tokens';
import { colorVariable, ROLES, type Role, solidOf } from './variables';

declare module '@mantine/core' {
  export interface MantineThemeOther {
    /** Table row heights in pixels, by density and for pictures; lists need the number to place virtual rows. */
    rowHeights: Record<'compact' | 'normal' | 'roomy' | 'pictures', number>;
    /** Duration of a rolling number, milliseconds. */
    rollMs: number;
  }
}

const INTER = "'Inter Variable', Inter, system-ui, sans-serif";
const MONO = "'JetBrains Mono', ui-monospace, monospace";
const CONTROL_HEIGHT = 'var(--size-control-height)';
const SMALL_TEXT = { fontSize: 'var(--mantine-font-size-sm)' };
const RAISED = { backgroundColor: colorVariable('raised') };
const FLOATING = { backgroundColor: colorVariable('raised'), borderColor: colorVariable('line') };
const TRANSITION = { duration: MOTION.fast, timingFunction: 'ease-out' } as const;

export const theme = createTheme({
  fontFamily: INTER,
  fontFamilyMonospace: MONO,
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  white: COLORS.raised.light,
  black: COLORS.text.light,
  colors: {
    ...Object.fromEntries(ROLES.map((role) => [role, uniform(role)])),
    // Mantine reads these two scales directly for edges and surfaces of its fields.
    gray: neutral('light'),
    dark: neutral('dark'),
  },
  variantColorResolver: variantColors(),
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1.25rem', xl: '1.5rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.45', lg: '1.3', xl: '1.25' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  spacing: { xs: pixels(1), sm: pixels(2), md: pixels(3), lg: pixels(4), xl: pixels(6) },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.375rem', lg: '0.375rem', xl: '0.375rem' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'none',
    sm: 'none',
    md: '0 0.25rem 1rem rgb(16 17 20 / 12%)',
    lg: '0 0.5rem 1.5rem rgb(16 17 20 / 16%)',
    xl: '0 0.5rem 2rem rgb(16 17 20 / 20%)',
  },
  headings: {
    fontFamily: INTER,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
      h5: { fontSize: '0.75rem', lineHeight: '1.4' },
      h6: { fontSize: '0.75rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  other: { rowHeights: ROW_HEIGHTS, rollMs: MOTION.roll },
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { vars: (_theme: MantineTheme, props: { size?: string }) => ({ root: buttonHeight(props.size) }) },
    Checkbox: {
      defaultProps: { size: 'xs', radius: 'xs', iconColor: colorVariable('on-accent') },
      styles: { label: SMALL_TEXT },
    },
    // The head of a dialog is no banner of the page, which `header` would make it.
    DrawerHeader: { defaultProps: { component: 'div' } },
    ModalHeader: { defaultProps: { component: 'div' } },
    Drawer: {
      defaultProps: {
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
        position: 'right',
        transitionProps: TRANSITION,
      },
      styles: { content: RAISED, header: RAISED, title: { fontWeight: 600 } },
    },
    Input: { vars: (_theme: MantineTheme, props: { size?: string }) => ({ wrapper: fieldHeight(props.size) }) },
    Indicator: { defaultProps: { radius: '50%' } },
    InputWrapper: { styles: { label: { marginBottom: 'var(--space-1)' } } },
    Menu: {
      defaultProps: { shadow: 'md', transitionProps: TRANSITION, withinPortal: true },
      styles: { dropdown: FLOATING, itemSection: { marginInlineEnd: 'var(--space-2)' } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { ...TRANSITION, transition: 'fade' },
      },
      styles: { content: RAISED, header: RAISED, title: { fontWeight: 600 } },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: TRANSITION }, styles: { dropdown: FLOATING } },
    HoverCard: { styles: { dropdown: FLOATING } },
    Progress: { styles: { root: { backgroundColor: colorVariable('line') } } },
    Select: { styles: { dropdown: FLOATING } },
    Spotlight: { styles: { content: RAISED } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        withArrow: false,
        transitionProps: TRANSITION,
        events: { hover: true, focus: true, touch: false },
      },
      styles: { tooltip: { backgroundColor: colorVariable('text'), color: colorVariable('background') } },
    },
  },
});

/** Buttons stand as high as fields beside them; the compact sizes keep Mantine's measures. */
function buttonHeight(size: string | undefined): Record<string, string> {
  return size === undefined ? { '--button-height': CONTROL_HEIGHT, '--button-padding-x': 'var(--space-3)' } : {};
}

/** As high as buttons, in the size of body text, unless another size is asked for. */
function fieldHeight(size: string | undefined): Record<string, string> {
  const ours = size === undefined || size === 'sm';
  return ours ? { '--input-height': CONTROL_HEIGHT, '--input-fz': 'var(--mantine-font-size-sm)' } : {};
}

/** Role buttons take their inks from the token table; everything else stays with Mantine. */
function variantColors(): VariantColorsResolver {
  return (input) => {
    const role = input.color ?? 'accent';
    if (isRole(role)) return roleColors(role, input.variant) ?? defaultVariantColorsResolver(input);
    if (role === 'gray') return grayColors(input.variant) ?? defaultVariantColorsResolver(input);
    return defaultVariantColorsResolver(input);
  };
}

function roleColors(role: Role, variant: string): VariantColorResolverResult | undefined {
  const clear = '1px solid transparent';
  const { fill, hover, ink } = solidOf(role);
  switch (variant) {
    case 'filled':
      return colors(fill, hover, ink, clear);
    case 'light':
      return colors(`${role}-soft`, `${role}-soft`, role, clear);
    case 'subtle':
      return { ...colors('raised', `${role}-soft`, role, clear), background: 'transparent' };
    case 'outline':
      return {
        ...colors('raised', `${role}-soft`, role, `1px solid ${colorVariable(role)}`),
        background: 'transparent',
      };
    default:
      return undefined;
  }
}

function grayColors(variant: string): VariantColorResolverResult | undefined {
  const clear = '1px solid transparent';
  if (variant === 'subtle')
    return {
      ...colors('raised', 'hover', 'text-muted', clear),
      background: 'transparent',
      hoverColor: colorVariable('text'),
    };
  if (variant === 'light') return colors('sunken', 'hover', 'text-muted', clear);
  return undefined;
}

function colors(background: ColorName, hover: ColorName, ink: ColorName, border: string): VariantColorResolverResult {
  return { background: colorVariable(background), hover: colorVariable(hover), color: colorVariable(ink), border };
}

function isRole(color: string): color is Role {
  return ROLES.some((role) => role === color);
}

/** Mantine wants ten shades of everything; a role has one, and the resolver in `variables.ts` gives the rest by use. */
function uniform(role: Role): MantineColorsTuple {
  const shade = COLORS[role].light;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
}

function neutral(scheme: 'light' | 'dark'): MantineColorsTuple {
  const of = (name: ColorName): string => COLORS[name][scheme];
  const quietToLoud: MantineColorsTuple = [
    of('background'),
    of('sunken'),
    of('hover'),
    of('line'),
    of('line'),
    of('text-faint'),
    of('text-faint'),
    of('text-muted'),
    of('text'),
    of('text'),
  ];
  if (scheme === 'light') return quietToLoud;
  // Mantine's dark scale runs from text (0) to the deepest surface (9); 4 is edges and hover, 5 is hover, 6 raised, 7 body.
  return [
    of('text'),
    of('text-muted'),
    of('text-muted'),
    of('text-faint'),
    of('line'),
    of('hover'),
    of('raised'),
    of('background'),
    of('sunken'),
    of('sunken'),
  ];
}

function pixels(step: keyof typeof SPACE): string {
  return `${SPACE[step] / 16}rem`;
}
