/** What a kernel says of itself and of its language. */

/** The content of a `kernel_info_reply`. */
export function kernelInfo(version: string, typescriptVersion: string): Record<string, unknown> {
  return {
    status: 'ok',
    protocol_version: '5.3',
    implementation: 'alambique',
    implementation_version: version,
    banner: `alambique ${version}: TypeScript in Jupyter, with tslab's converter`,
    help_links: [],
    language_info: {
      name: 'typescript',
      version: typescriptVersion,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', typescript: true, mode: 'typescript' },
    },
  };
}
