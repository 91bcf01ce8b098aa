/** The months as texts, in their order: what is taken for granted where no other order is given. */
export const months: readonly string[] = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
