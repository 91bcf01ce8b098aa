/** The months as the bank's file writes them, in their order. */
export const months: readonly string[] = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
