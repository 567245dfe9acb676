/** The theme's colours for what is drawn on a canvas, read through a hidden element and again whenever the theme changes. */
import type { Family } from '../../src/core/view/types';

export type ThemeKind = 'dark' | 'light' | 'hc' | 'hcLight';
export type Rgb = readonly [number, number, number];

export interface Theme {
  readonly kind: ThemeKind;
  readonly background: string;
  readonly foreground: string;
  /** Secondary text. */
  readonly dim: string;
  readonly hair: string;
  readonly hoverHair: string;
  readonly node: string;
  readonly frame: string;
  readonly edge: string;
  readonly line: string;
  readonly track: string;
  readonly focus: string;
  readonly error: string;
  readonly warning: string;
  readonly family: Readonly<Record<Family, string>>;
  /** Of two models that are compared: VS Code's colours of a diff. */
  readonly diff: Readonly<Record<'added' | 'removed' | 'changed', DiffColours>>;
  readonly font: string;
  readonly codeFont: string;
  /** 1 = the design's 13 px. */
  readonly scale: number;
  readonly backgroundRgb: Rgb;
  readonly foregroundRgb: Rgb;
}

interface DiffColours {
  readonly line: string;
  /** Lets through what is below it. */
  readonly ground: string;
  readonly strong: string;
}

/** As Git's decorations have them, where a theme does not say. */
const DIFF: Readonly<Record<'dark' | 'light', Readonly<Record<'added' | 'removed' | 'changed', string>>>> = {
  dark: { added: '#81b88b', removed: '#f48771', changed: '#e2c08d' },
  light: { added: '#427a3e', removed: '#ad0707', changed: '#895503' },
};
const DECORATION = { added: 'added', removed: 'deleted', changed: 'modified' } as const;

/** Defaults of the contributed colours, for a page whose host does not know them. */
const FAMILY: Readonly<Record<ThemeKind, Readonly<Record<Family, string>>>> = {
  dark: {
    convolution: '#477EFF',
    pooling: '#A0731E',
    normalisation: '#756998',
    activation: '#F2D416',
    upsampling: '#8FFBCA',
    join: '#CA76C5',
    dense: '#F18257',
    shape: '#BFBFBF',
  },
  light: {
    convolution: '#004696',
    pooling: '#A85115',
    normalisation: '#8965F0',
    activation: '#3F3400',
    upsampling: '#3C977C',
    join: '#5C0243',
    dense: '#F15A0B',
    shape: '#5C5C5C',
  },
  hc: {
    convolution: '#4291FA',
    pooling: '#D46D1E',
    normalisation: '#D7A3FC',
    activation: '#EBDD74',
    upsampling: '#35E2C4',
    join: '#B970B3',
    dense: '#FAA07C',
    shape: '#F5F5F5',
  },
  hcLight: {
    convolution: '#2245C3',
    pooling: '#401901',
    normalisation: '#1B1338',
    activation: '#616300',
    upsampling: '#047972',
    join: '#690668',
    dense: '#7B2400',
    shape: '#484848',
  },
};
const FAMILIES = Object.keys(FAMILY.dark) as readonly Family[];

const PLAIN: Readonly<Record<ThemeKind, { bg: string; fg: string; line: string; focus: string; border: string }>> = {
  dark: { bg: '#1f1f1f', fg: '#cccccc', line: '#2b2b2b', focus: '#0078d4', border: '' },
  light: { bg: '#ffffff', fg: '#3b3b3b', line: '#e5e5e5', focus: '#005fb8', border: '' },
  hc: { bg: '#000000', fg: '#ffffff', line: '#6fc3df', focus: '#f38518', border: '#6fc3df' },
  hcLight: { bg: '#ffffff', fg: '#292929', line: '#0f4a85', focus: '#006bbd', border: '#0f4a85' },
};

/** The page's variables as in a light theme, for figures that go onto paper. */
export function lightPalette(): Readonly<Record<string, string>> {
  const { bg, fg } = PLAIN.light;
  const families = FAMILIES.map((family) => [`--${family}`, FAMILY.light[family]] as const);
  const dim = rgb(mix(resolveColour(fg, fg), resolveColour(bg, bg), 0.75));
  return { ...Object.fromEntries(families), '--fg': fg, '--bg': bg, '--dim': dim, color: fg };
}

export function themeKind(classes: DOMTokenList = document.body.classList): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'hcLight';
  if (classes.contains('vscode-high-contrast')) return 'hc';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}

export const reducedMotion = (): boolean =>
  document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;

let probe: HTMLElement | null = null;

/** Any CSS colour as three numbers; the browser does the reading. */
function resolveColour(css: string, fallback: string): Rgb {
  if (!probe) {
    probe = document.createElement('span');
    probe.style.display = 'none';
    document.body.append(probe);
  }
  probe.style.color = fallback;
  probe.style.color = css;
  const text = getComputedStyle(probe).color;
  const numbers = text.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [0, 0, 0];
  const scale = text.startsWith('color(') ? 255 : 1;
  return [(numbers[0] ?? 0) * scale, (numbers[1] ?? 0) * scale, (numbers[2] ?? 0) * scale];
}

const rgb = (c: Rgb): string => `rgb(${Math.round(c[0])} ${Math.round(c[1])} ${Math.round(c[2])})`;
const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] * share + b[0] * (1 - share),
  a[1] * share + b[1] * (1 - share),
  a[2] * share + b[2] * (1 - share),
];
const alpha = (c: Rgb, a: number): string => `rgb(${Math.round(c[0])} ${Math.round(c[1])} ${Math.round(c[2])} / ${a})`;

/** Of the page, or light as on paper whatever the page is; the fonts are the page's. */
export function readTheme(of: 'page' | 'paper' = 'page'): Theme {
  const paper = of === 'paper';
  const kind = paper ? 'light' : themeKind();
  const plain = PLAIN[kind];
  const style = getComputedStyle(document.body);
  const variable = (name: string, fallback: string): Rgb => {
    const value = paper ? '' : style.getPropertyValue(`--vscode-${name}`).trim();
    return resolveColour(value || fallback, fallback);
  };
  const bg = variable('editor-background', plain.bg);
  const fg = variable('foreground', plain.fg);
  const contrast = kind === 'hc' || kind === 'hcLight';
  const border = variable('contrastBorder', plain.border || plain.fg);
  const family = Object.fromEntries(
    FAMILIES.map((f) => [f, rgb(variable(`convlens-${f}`, FAMILY[kind][f]))]),
  ) as Record<Family, string>;
  const plainDiff = DIFF[kind === 'light' || kind === 'hcLight' ? 'light' : 'dark'];
  const diffOf = (mark: 'added' | 'removed' | 'changed'): DiffColours => {
    const line = variable(`gitDecoration-${DECORATION[mark]}ResourceForeground`, plainDiff[mark]);
    return { line: rgb(line), ground: alpha(line, contrast ? 0 : 0.16), strong: alpha(line, 0.6) };
  };
  return {
    kind,
    background: rgb(bg),
    foreground: rgb(fg),
    dim: rgb(mix(fg, bg, contrast ? 0.88 : 0.75)),
    hair: contrast ? rgb(border) : rgb(mix(fg, bg, 0.14)),
    hoverHair: contrast ? rgb(fg) : rgb(mix(fg, bg, 0.45)),
    node: contrast ? rgb(bg) : rgb(mix(fg, bg, 0.04)),
    frame: contrast ? 'transparent' : alpha(fg, 0.03),
    edge: rgb(mix(fg, bg, 0.62)),
    line: rgb(variable('panel-border', plain.line)),
    track: rgb(mix(fg, bg, 0.12)),
    focus: rgb(variable('focusBorder', plain.focus)),
    error: rgb(variable('editorError-foreground', '#f14c4c')),
    warning: rgb(variable('editorWarning-foreground', '#cca700')),
    family,
    diff: { added: diffOf('added'), removed: diffOf('removed'), changed: diffOf('changed') },
    font: style.getPropertyValue('--vscode-font-family').trim() || 'system-ui, sans-serif',
    codeFont: style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace',
    scale: (Number.parseFloat(style.getPropertyValue('--vscode-font-size')) || 13) / 13,
    backgroundRgb: bg,
    foregroundRgb: fg,
  };
}

/** Calls back after the theme has changed; returns a function that stops it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  const attributeFilter = ['class', 'data-vscode-theme-id', 'style'];
  observer.observe(document.body, { attributes: true, attributeFilter });
  observer.observe(document.documentElement, { attributes: true, attributeFilter });
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', changed);
  };
}
