import { arrangedFamilies } from './arranged';
import { controlFamilies } from './control';
import { exportedFamilies } from './exported';
import type { Family } from './family';
import { listFamilies } from './lists';
import { mixedFamilies } from './mixed';
import { windowFamilies } from './windows';

export const families: Readonly<Record<string, Family>> = {
  ...windowFamilies,
  ...controlFamilies,
  ...arrangedFamilies,
  ...exportedFamilies,
  ...listFamilies,
  ...mixedFamilies,
};
