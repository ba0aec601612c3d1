/** Turns the token table into CSS variables, and Mantine's own semantic variables into roles of the same table. */
import type { CSSVariablesResolver } from '@mantine/core';
import { COLORS, type ColorName, MOTION, type Scheme, SIZES, SPACE } from './tokens';

type Variables = Record<`--${string}`, string>;

/** Roles that Mantine components accept as `color`. */
export const ROLES = ['accent', 'success', 'warning', 'danger', 'info'] as const;
export type Role = (typeof ROLES)[number];

/** The resolver given to `MantineProvider`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: measures(),
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
});

/** The CSS variable that holds a colour. */
export function colorVariable(name: ColorName): string {
  return `var(--color-${name})`;
}

/** The solid fill of a role: amber and red have their own, since their text colours are no surfaces in both schemes. */
export function solidOf(role: Role): { fill: ColorName; hover: ColorName; ink: ColorName } {
  return role === 'warning' || role === 'danger'
    ? { fill: `${role}-solid`, hover: `${role}-solid-hover`, ink: `on-${role}` }
    : { fill: role, hover: `${role}-hover`, ink: `on-${role}` };
}

function measures(): Variables {
  const result: Variables = {};
  for (const [step, pixels] of Object.entries(SPACE)) result[`--space-${step}`] = rem(pixels);
  for (const [name, pixels] of Object.entries(SIZES)) result[`--size-${name}`] = rem(pixels);
  for (const [name, duration] of Object.entries(MOTION)) result[`--motion-${name}`] = `${duration}ms`;
  return result;
}

function schemeVariables(scheme: Scheme): Variables {
  const result: Variables = {};
  for (const [name, pair] of Object.entries(COLORS)) result[`--color-${name}`] = pair[scheme];
  for (const role of ROLES) Object.assign(result, roleVariables(role));
  return Object.assign(result, MANTINE_SURFACES);
}

function roleVariables(role: Role): Variables {
  const { fill, hover } = solidOf(role);
  return {
    // Menu items take the shade itself, which the theme has for light surfaces only.
    [`--mantine-color-${role}-6`]: colorVariable(role),
    [`--mantine-color-${role}-text`]: colorVariable(role),
    [`--mantine-color-${role}-filled`]: colorVariable(fill),
    [`--mantine-color-${role}-filled-hover`]: colorVariable(hover),
    [`--mantine-color-${role}-light`]: colorVariable(`${role}-soft`),
    [`--mantine-color-${role}-light-hover`]: colorVariable(`${role}-soft`),
    [`--mantine-color-${role}-light-color`]: colorVariable(role),
    [`--mantine-color-${role}-outline`]: colorVariable(role),
    [`--mantine-color-${role}-outline-hover`]: colorVariable(`${role}-soft`),
  };
}

const MANTINE_SURFACES: Variables = {
  '--mantine-primary-color-contrast': colorVariable('on-accent'),
  '--mantine-color-bright': colorVariable('text'),
  '--mantine-color-text': colorVariable('text'),
  '--mantine-color-body': colorVariable('background'),
  '--mantine-color-error': colorVariable('danger'),
  '--mantine-color-success': colorVariable('success'),
  '--mantine-color-placeholder': colorVariable('text-faint'),
  '--mantine-color-anchor': colorVariable('accent'),
  '--mantine-color-default': colorVariable('raised'),
  '--mantine-color-default-hover': colorVariable('hover'),
  '--mantine-color-default-color': colorVariable('text'),
  '--mantine-color-default-border': colorVariable('line'),
  '--mantine-color-dimmed': colorVariable('text-muted'),
  '--mantine-color-disabled': colorVariable('sunken'),
  '--mantine-color-disabled-color': colorVariable('text-faint'),
  '--mantine-color-disabled-border': colorVariable('line'),
};

function rem(pixels: number): string {
  return `${pixels / 16}rem`;
}
