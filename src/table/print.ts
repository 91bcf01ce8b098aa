/** The name under which Node (and the notebook) asks an object for its own text. */

/** `nodejs.util.inspect.custom`: a method of this name returns what is shown for the object. */
export const print: unique symbol = Symbol.for('nodejs.util.inspect.custom');
