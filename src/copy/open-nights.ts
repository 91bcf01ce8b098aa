/** Opens the place that nights are copied to. */
import { resolve } from 'node:path';
import type { SettingsPlace } from '../config/read-settings.js';
import { folderNights } from './folder-nights.js';
import type { Nights } from './nights.js';
import { objectNights } from './object-nights.js';

/** The nights at `to`: a folder, from the workspace's, or an address of a store. */
export function openNights(
  to: string,
  { signal, env, workspace }: SettingsPlace & { readonly signal?: AbortSignal },
): Nights {
  if (/^(az|s3):\/\//.test(to)) return objectNights(to, { place: { env, workspace }, signal });
  return folderNights(resolve(workspace.root, to));
}
