/** What a key may ask about. Whatever lies outside is to its holder as if it were not there. */
/** The scope of a key; what is absent is not limited. */
export interface KeyScope {
  /** Studies by name. */
  readonly studies?: readonly string[];
  /** Clients by id; "17*" is every id that begins with 17. An empty list is nobody. */
  readonly clients?: readonly string[];
}

/** Whether the scope holds this study. */
export function mayAskStudy({ studies }: KeyScope, study: string): boolean {
  return studies === undefined || studies.includes(study);
}

/** Whether the scope holds this client. */
export function mayAskClient({ clients }: KeyScope, id: string): boolean {
  return (
    clients === undefined ||
    clients.some((one) => (one.endsWith('*') ? id.startsWith(one.slice(0, -1)) : id === one))
  );
}
