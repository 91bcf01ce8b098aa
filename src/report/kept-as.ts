/** As what a model was kept, and what its study was made from: what a page can say once the artefact is there. */
import type { Manifest } from '../study/manifest.js';

/** The version, and where the study came from. */
export interface KeptAs extends Pick<Manifest, 'module' | 'cells'> {
  readonly version: string;
}
