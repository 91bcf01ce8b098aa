/** Opens the place that nights are copied to. */
import { resolve } from 'node:path';
import type { SettingsPlace } from '../config/read-settings.js';
import { folderNights } from './folder-nights.js';
import type { Nights } from './nights.js';

/** The nights at `to`: a folder, from the workspace's, or an address of a store. */
export function openNights(
  to: string,
  { workspace }: SettingsPlace & { readonly signal?: AbortSignal },
): Nights {
  return folderNights(resolve(workspace.root, to));
}
