/** The files beside an output: rejects, manifest, and while the work goes on its marks and parts. */

/** Paths by what stands there. */
export interface BatchFiles {
  readonly rejects: string;
  readonly manifest: string;
  readonly progress: string;
  readonly part: string;
  readonly rejectsPart: string;
  /** What came as a stream, or was compressed, as a plain file. */
  readonly inputPart: string;
  /** The output while it is compressed. */
  readonly packedPart: string;
}

/** Those of an output. */
export function batchFiles(output: string): BatchFiles {
  return {
    rejects: `${output}.rejects.csv`,
    manifest: `${output}.manifest.json`,
    progress: `${output}.progress.json`,
    part: `${output}.part`,
    rejectsPart: `${output}.rejects.part`,
    inputPart: `${output}.input.part`,
    packedPart: `${output}.packed.part`,
  };
}
